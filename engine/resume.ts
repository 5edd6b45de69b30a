import type { By } from './command.ts'
import { finish, outcomeOf } from './finish.ts'
import { current, move } from './journal.ts'
import { contextOf } from './open.ts'
import { planOf } from './plan.ts'
import type { Containment } from './record.ts'
import type { Outcome, Run } from './run.ts'

/** A containment is another delivery's to finish for this long: a function's longest run. */
const ownedMs = 60_000

/** Whether a delivery of the event `id` should finish this record: its own, or one that nobody is at any more. */
export function isUnfinished(record: Containment, id: string): boolean {
  if (record.status !== 'containing' && record.status !== 'failed') return false
  const touched = record.history.at(-1)?.at ?? record.opened
  return record.id === id || Date.now() - Date.parse(touched) > ownedMs
}

/**
 * Finishes what a crash or a failure left half done, from the state that was found first. What depends on the
 * moment is planned anew: sessions made since the first attempt must not outlive a revocation.
 */
export async function resume(run: Run, record: Containment, by: By): Promise<Outcome> {
  const moment = { ...contextOf(record, run.it.prefix), at: new Date().toISOString() }
  const { before: _, after, ...plan } = planOf(run.playbook, run.target, record.before, moment)
  const status = 'containing' as const
  const step = { at: moment.at, status, by }
  if (await move(record, ['containing', 'failed'], step, { after, plan }, run.it))
    return finish(run, { ...record, status, after, plan }, by)
  const now = await current(record.playbook, record.target, run.it)
  return outcomeOf(now ?? record, 'already', now?.status)
}
