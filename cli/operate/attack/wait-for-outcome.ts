import { setTimeout as sleep } from 'node:timers/promises'
import { listIncidents } from '../../../engine/journal/incidents.ts'
import type { Containment, Status } from '../../../engine/journal/record.ts'
import type { BoundAttack } from './scenarios.ts'

/** An expected containment of an attack, and its record so far. */
export interface ExpectedOutcome {
  playbook: string
  wants: Status
  record: Containment | undefined
}

/** Enough for a cold start and for changes in IAM to take effect. */
const patienceMs = 60_000
const inProgress: Status[] = ['containing']

/** The expected containments of an attack, with their records in the journal now. */
async function outcomesOf({ expect }: BoundAttack, ids: string[], table: string): Promise<ExpectedOutcome[]> {
  const all = (await listIncidents(table)).flatMap(({ containments }) => containments)
  return expect.flatMap(({ playbook, target = {}, ends }) => {
    if (!playbook) return []
    const wants: Status = ends === 'contained' ? 'contained' : 'proposed'
    const fit = all.filter(
      (one) =>
        one.playbook === playbook &&
        Object.entries(target).every(([key, value]) => Reflect.get(one.target, key) === value),
    )
    // A target that an earlier attack has contained already is as expected, too.
    const record =
      fit.find(({ event }) => ids.includes(String(event.id))) ?? fit.find(({ status }) => status === wants)
    return [{ playbook, wants, record }]
  })
}

export const isAsWanted = ({ wants, record }: ExpectedOutcome): boolean => record?.status === wants

/** Waits until no expected containment is in progress, at most a minute. */
export async function waitForOutcome(
  attack: BoundAttack,
  ids: string[],
  table: string,
): Promise<ExpectedOutcome[]> {
  for (const end = Date.now() + patienceMs; ; await sleep(500)) {
    const all = await outcomesOf(attack, ids, table)
    const isOver = all.every(({ record }) => record && !inProgress.includes(record.status))
    if (isOver || Date.now() > end) return all
  }
}
