import { Guarded } from './errors.ts'
import { guardTarget } from './guard.ts'
import { containmentId, planOf } from './plan.ts'
import { isGone, type Outcome, type Run, readState, whyGone } from './run.ts'

/** What a containment of this target would change now: live reads, no writes, nothing remembered. */
export async function preview(run: Run): Promise<Outcome> {
  const { playbook, target, settings } = run
  const answer = { playbook: playbook.name, target }
  const refusal = guardTarget(target, settings, new Date())
  if (refusal) return { ...answer, status: 'guarded', why: refusal.message }
  const containment = containmentId(playbook.name, target, 'preview')
  const context = {
    containment,
    incident: 'inc-preview',
    at: new Date().toISOString(),
    prefix: settings.prefix,
  }
  try {
    const plan = planOf(playbook, target, await readState(run, context, true), context)
    const { before: _before, after: _after, ...shown } = plan
    return { ...answer, status: 'planned', plan: shown }
  } catch (error) {
    if (error instanceof Guarded) return { ...answer, status: 'guarded', why: error.message }
    if (isGone(run, error)) return { ...answer, status: 'guarded', why: whyGone(error) }
    throw error
  }
}
