import { canonical, digest } from '../lib/canonical.ts'
import { Guarded } from './errors.ts'
import { guardTarget } from './guard.ts'
import { contextOf, writtenStates } from './journal/record.ts'
import { currentRecord, type Outcome, outcomeOf } from './outcome.ts'
import { containmentId, planOf } from './plan.ts'
import { releasable } from './release.ts'
import { isGone, type Run, readState, whyGone } from './run.ts'
import { diff, foreignChanges, restore } from './state.ts'

/** What a containment of this target would change now. Reads only: it changes and records nothing. */
export async function preview(run: Run): Promise<Outcome> {
  const { playbook, target, settings } = run
  const outcome = { playbook: playbook.name, target }
  const refusal = guardTarget(target, settings, new Date())
  if (refusal) return { ...outcome, status: 'guarded', why: refusal.message }
  const context = {
    containment: containmentId(playbook.name, target, 'preview'),
    incident: 'inc-preview',
    at: new Date().toISOString(),
    prefix: settings.prefix,
  }
  try {
    const state = await readState(run, context, true)
    const { before: _before, after: _after, ...plan } = planOf(playbook, target, state, context)
    return { ...outcome, status: 'planned', plan }
  } catch (error) {
    if (error instanceof Guarded) return { ...outcome, status: 'guarded', why: error.message }
    if (isGone(run, error)) return { ...outcome, status: 'guarded', why: whyGone(error) }
    throw error
  }
}

/** What the release of a containment would change now, and what others changed since. Reads only. */
export async function previewRelease(run: Run, containment: string): Promise<Outcome> {
  const found = await currentRecord(run, containment)
  if ('outcome' in found) return found.outcome
  const { record } = found
  const noChanges = { hash: record.plan.hash, changes: [], caveats: [], undo: true }
  const outcome = outcomeOf(record, 'planned')
  if (!releasable.includes(record.status) || run.playbook.undo === 'none')
    return { ...outcome, plan: noChanges, why: 'There is nothing to restore.' }
  try {
    const present = await readState(run, contextOf(record, run.settings.prefix), false)
    const ours = writtenStates(record)
    const goal = restore(record.before, ours, present)
    const hash = digest(record.id, canonical(present), canonical(goal))
    return {
      ...outcome,
      plan: { ...noChanges, hash, changes: diff(present, goal) },
      strays: foreignChanges(record.before, ours, present),
    }
  } catch (error) {
    if (!isGone(run, error)) throw error
    return { ...outcome, plan: noChanges, why: whyGone(error) }
  }
}
