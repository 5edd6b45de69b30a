import type { By } from './command.ts'
import { outcomeOf } from './finish.ts'
import { move } from './journal.ts'
import { already, present } from './present.ts'
import { type Duration, milliseconds } from './rule.ts'
import { type Outcome, type Run, step } from './run.ts'
import { book } from './timer.ts'

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
  if (record.status !== 'contained' || run.playbook.undo === 'none') return already(record)
  const now = Date.now()
  const latest = Math.min(
    now + milliseconds(furthest),
    run.it.longest ? now + milliseconds(run.it.longest) : Number.POSITIVE_INFINITY,
  )
  const wanted = Math.max(now, Date.parse(record.due)) + milliseconds(order.for)
  const due = new Date(Math.min(wanted, latest)).toISOString()
  if (due <= record.due)
    return already(record, `It lasts until ${record.due}; this stage lets nothing last longer.`)
  await book({ id: record.id, target: record.target, due }, run.it)
  const why = `${order.by.reason ? `${order.by.reason}: ` : ''}it lasts until ${due}.`
  const moved = await move(record, ['contained'], step('contained', order.by, why), { due }, run.it)
  return moved ? outcomeOf({ ...record, due }, 'contained', why) : already(record, 'It has just ended.')
}
