import { applyContainment, outcomeOf } from './apply-containment.ts'
import type { By } from './command.ts'
import { current, move } from './journal/journal.ts'
import type { Containment } from './journal/record.ts'
import { contextOf } from './new-record.ts'
import { planOf } from './plan.ts'
import type { Outcome, Run } from './run.ts'
import { same } from './state.ts'

/** A containment is another delivery's to finish for this long: a function's longest run. */
const ownedMs = 60_000
/** What more attempts wrote is not remembered one by one. */
const mostAttempts = 5

/** Whether a delivery of the event `id` should finish this record: its own, or one that nobody is at any more. */
export function isUnfinished(record: Containment, id: string): boolean {
  if (record.status !== 'containing' && record.status !== 'failed') return false
  // A release was asked for, and got half-way: a late duplicate of the old event does not take it back.
  if (record.id === id) return record.failure?.during !== 'release'
  return isIdle(record)
}

/**
 * Finishes what a crash or a failure left half done, or what has slipped, from the state that was found first. What depends on the
 * moment is planned anew: sessions made since the first attempt must not outlive a revocation. But not while
 * another delivery may be at work: its late write and our record would differ, and the release would find drift.
 */
export async function resume(run: Run, record: Containment, by: By): Promise<Outcome> {
  const at = new Date().toISOString()
  const moment = { ...contextOf(record, run.settings.prefix), at }
  const anew = record.status !== 'containing' || isIdle(record)
  const {
    before: _,
    after,
    ...plan
  } = anew
    ? planOf(run.playbook, run.target, record.before, moment)
    : { ...record.plan, before: record.before, after: record.after }
  const status = 'containing' as const
  const step = { at, status, by }
  const earlier = same(after, record.after)
    ? record.earlier
    : [...(record.earlier ?? []), record.after].slice(-mostAttempts)
  const also = { after, plan, ...(earlier && { earlier }) }
  if (await move(record, ['containing', 'contained', 'failed'], step, also, run.settings))
    return applyContainment(run, { ...record, ...also, status }, by)
  const now = await current(record.playbook, record.target, run.settings)
  return outcomeOf(now ?? record, 'already', now?.status)
}

/** Whether no delivery can be at work on it any more. */
export function isIdle(record: Containment): boolean {
  const touched = record.history.at(-1)?.at ?? record.opened
  return Date.now() - Date.parse(touched) > ownedMs
}
