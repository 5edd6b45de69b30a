import { outcomeOf } from './apply-containment.ts'
import { closeContainment, type ReleaseOrder, releasable } from './close-containment.ts'
import type { By } from './command.ts'
import { notYet } from './errors.ts'
import { current } from './journal/journal.ts'
import type { Containment } from './journal/record.ts'
import { putBack } from './put-back.ts'
import { isIdle } from './resume.ts'
import type { Outcome, Run } from './run.ts'

/**
 * Ends one containment, by the clock or by a person: puts back what we changed, and only if nobody changed it
 * since (else `drifted`). A person may `force` it: then everything of ours goes back, and theirs stays.
 */
export async function release(run: Run, order: ReleaseOrder): Promise<Outcome> {
  const { playbook, target, settings } = run
  const { by } = order
  const record = await current(playbook.name, target, settings)
  // Last week's button does nothing to this week's containment.
  if (record?.id !== order.containment) {
    const why = 'That containment is not the present one.'
    return { playbook: playbook.name, target, status: 'superseded', why }
  }
  if (record.status === 'observed' || record.status === 'proposed')
    return closeContainment(run, record, 'closed', { by, from: [record.status], why: by.reason })
  if (!releasable.includes(record.status)) return outcomeOf(record, 'already', record.status)
  if (record.status === 'containing' && !isIdle(record)) return busy(record, by)
  if (playbook.undo === 'none')
    return closeContainment(run, record, 'closed', { by, why: 'What was done stays done.' })
  if (order.leave) return closeContainment(run, record, 'closed', { by, why: by.reason ?? 'Left as it is.' })
  return putBack(run, record, order)
}

// What is written at this moment would land after what we put back, and nobody would take it back again. The clock
// comes again; a person is told to.
function busy(record: Containment, by: By): Outcome {
  const why = 'It is being contained at this moment: release it in a minute.'
  if (by.who === 'clock') throw notYet(why)
  return outcomeOf(record, 'already', why)
}
