import { outcomeOf } from './apply-containment.ts'
import { current } from './journal/journal.ts'
import type { Containment } from './journal/record.ts'
import type { Outcome, Run } from './run.ts'

/**
 * The record a command names, if it is the target's present one; else the answer to give: last week's button does
 * nothing to this week's containment.
 */
export async function present(
  { playbook, target, settings }: Run,
  containment: string,
): Promise<{ record: Containment } | { outcome: Outcome }> {
  const record = await current(playbook.name, target, settings)
  if (record?.id === containment) return { record }
  const why = 'That containment is not the present one.'
  return { outcome: { playbook: playbook.name, target, status: 'superseded', why } }
}

/** That it is too late, or too early, for what was asked. */
export const alreadyDone = (record: Containment, why: string = record.status): Outcome =>
  outcomeOf(record, 'already', why)
