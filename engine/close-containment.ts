import { outcomeOf } from './apply-containment.ts'
import type { By } from './command.ts'
import { move } from './journal/journal.ts'
import type { Containment, Status } from './journal/record.ts'
import { type Outcome, type Run, step } from './run.ts'
import { cancelSchedule } from './schedule.ts'

/** What a release may end. */
export const releasable: Status[] = ['containing', 'contained', 'failed', 'drifted']

export interface ReleaseOrder {
  containment: string
  by: By
  /** Put back what is ours, and leave what others changed. */
  force?: boolean | undefined
  /** Change nothing: what cannot be put back any more is left as it is. */
  leave?: boolean | undefined
}

/** Moves a containment to its end, and takes its booking back. */
export async function closeContainment(
  { settings }: Run,
  record: Containment,
  status: 'released' | 'closed',
  { by, from = releasable, why }: { by: By; from?: Status[]; why?: string | undefined },
): Promise<Outcome> {
  const moved = await move(record, from, step(status, by, why), {}, settings)
  // The clock's own booking deletes itself; one that a person forestalls fires for nothing, harmlessly.
  if (by.who !== 'clock') await cancelSchedule(record.id, settings).catch(() => undefined)
  return outcomeOf(record, moved ? status : 'already', why)
}
