import { outcomeOf } from './apply-containment.ts'
import type { By } from './command.ts'
import { move } from './journal/journal.ts'
import { alreadyDone, present } from './present.ts'
import { type Duration, milliseconds } from './rule.ts'
import { type Outcome, type Run, step } from './run.ts'
import { scheduleRelease } from './schedule.ts'

/** However often it is put off, the next end is never further away. */
const furthest: Duration = '7d'

/** Puts the end of a containment off, as far as the stage lets any last. */
export async function extend(
  run: Run,
  order: { containment: string; for: Duration; by: By },
): Promise<Outcome> {
  const found = await present(run, order.containment)
  if ('outcome' in found) return found.outcome
  const { record } = found
  if (record.status !== 'contained' || run.playbook.undo === 'none') return alreadyDone(record)
  const now = Date.now()
  const latest = Math.min(
    now + milliseconds(furthest),
    run.settings.longest ? now + milliseconds(run.settings.longest) : Number.POSITIVE_INFINITY,
  )
  const wanted = Math.max(now, Date.parse(record.due)) + milliseconds(order.for)
  const due = new Date(Math.min(wanted, latest)).toISOString()
  if (due <= record.due)
    return alreadyDone(record, `It lasts until ${record.due}; this stage lets nothing last longer.`)
  await scheduleRelease({ id: record.id, target: record.target, due }, run.settings)
  const why = `${order.by.reason ? `${order.by.reason}: ` : ''}it lasts until ${due}.`
  const moved = await move(record, ['contained'], step('contained', order.by, why), { due }, run.settings)
  return moved ? outcomeOf({ ...record, due }, 'contained', why) : alreadyDone(record, 'It has just ended.')
}
