import type { By } from './command.ts'
import { retryable } from './errors.ts'
import { current, move } from './journal/journal.ts'
import { type Containment, contextOf, isIdle, step, writtenStates } from './journal/record.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { planOf } from './plan.ts'
import { messageOf, type Run, readState, verify, writeState } from './run.ts'
import { scheduleRelease } from './schedule.ts'
import { pathsOf, progress, same } from './state.ts'

/** A containment that is applied after its release was due lasts this much longer. */
const graceMs = 300_000
/** Earlier written states that a record keeps, so that a release recognises them as ours. */
const maxEarlierStates = 5

/** Applies an entered containment: schedule the release ▸ write ▸ verify ▸ move. */
export async function applyContainment(run: Run, record: Containment, by: By): Promise<Outcome> {
  const context = contextOf(record, run.settings.prefix)
  const isOverdue = Date.parse(record.due) <= Date.now()
  const due = new Date(Math.max(Date.parse(record.due), Date.now() + (isOverdue ? graceMs : 0))).toISOString()
  const { changes } = record.plan
  const from: Containment['status'][] = ['containing', 'failed']
  try {
    // The release is scheduled before the write: releasing nothing is harmless, a missing release is not.
    await scheduleRelease({ id: record.id, target: record.target, due }, run.settings)
    await writeState(run, record.after, context)
    const missing = await verify(run, changes, context)
    if (missing.length > 0) throw new Error(`Written, but verification failed for ${pathsOf(missing)}`)
  } catch (error) {
    const present = await readState(run, context, false).catch(() => record.before)
    const failure = { during: 'contain' as const, error: messageOf(error), ...progress(changes, present) }
    const moved = await move(record, from, step('failed', by, failure.error), { failure, due }, run.settings)
    if (!moved) return yieldTo(run, record)
    if (retryable(error)) throw error
    return outcomeOf(record, 'failed', failure.error)
  }
  if (await move(record, from, step('contained', by), { due }, run.settings))
    return outcomeOf(record, 'contained')
  return yieldTo(run, record)
}

/** The record moved on during the write: another delivery finished it, or a release came in between. */
async function yieldTo(run: Run, record: Containment): Promise<Outcome> {
  const now = await current(record.playbook, record.target, run.settings)
  if (now?.id !== record.id) return outcomeOf(record, 'superseded')
  // A write that landed after the release would stay for ever: no record names it any more.
  if (now.status === 'released') await writeState(run, record.before, contextOf(record, run.settings.prefix))
  return outcomeOf(now, now.status)
}

/**
 * Finishes what a crash or a failure left incomplete, or contains again what was undone, from the state that was read
 * first. A plan that depends on the time is made again: sessions that began since the first attempt must not survive a
 * revocation. It is not made again while another delivery may still be working: its late write would differ from the
 * record, and the release would report drift.
 */
export async function resume(run: Run, record: Containment, by: By): Promise<Outcome> {
  const at = new Date().toISOString()
  const context = { ...contextOf(record, run.settings.prefix), at }
  const replan = record.status !== 'containing' || isIdle(record)
  const {
    before: _,
    after,
    ...plan
  } = replan
    ? planOf(run.playbook, run.target, record.before, context)
    : { ...record.plan, before: record.before, after: record.after }
  const status = 'containing' as const
  const earlier = same(after, record.after) ? record.earlier : writtenStates(record).slice(-maxEarlierStates)
  const also = { after, plan, ...(earlier && { earlier }) }
  if (await move(record, ['containing', 'contained', 'failed'], { at, status, by }, also, run.settings))
    return applyContainment(run, { ...record, ...also, status }, by)
  const now = await current(record.playbook, record.target, run.settings)
  return outcomeOf(now ?? record, 'already', now?.status)
}
