import { approve } from './approve.ts'
import { closeContainment } from './close-containment.ts'
import type { By } from './command.ts'
import { alreadyDone, present } from './present.ts'
import type { Outcome, Run } from './run.ts'

/** A booking tells whole seconds only. */
const earlyMs = 2_000

/**
 * Nobody decided in time. Silence is no, and the proposal is closed; unless its rule says that silence is yes: that
 * was agreed to when the rule was reviewed, so it holds for the plan as it is by then.
 */
export async function expire(
  run: Run,
  { containment, by }: { containment: string; by: By },
): Promise<Outcome> {
  const found = await present(run, containment)
  if ('outcome' in found) return found.outcome
  const { record } = found
  if (record.status !== 'proposed') return alreadyDone(record)
  if (record.ask && Date.parse(record.ask.decideBy) - Date.now() > earlyMs)
    return alreadyDone(record, 'There is time yet.')
  if (record.ask?.onExpire === 'contain') {
    const outcome = await approve(run, { containment, plan: record.plan.hash, by })
    const anew = outcome.status === 'superseded' ? outcome.plan?.hash : undefined
    return anew ? approve(run, { containment, plan: anew, by }) : outcome
  }
  return closeContainment(run, record, 'closed', {
    by,
    from: ['proposed'],
    why: 'Nobody decided in time: nothing was changed.',
  })
}
