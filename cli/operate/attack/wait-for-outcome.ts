import { setTimeout as sleep } from 'node:timers/promises'
import { listIncidents } from '../../../engine/journal/incidents.ts'
import type { Containment, Status } from '../../../engine/journal/record.ts'
import type { BoundAttack } from './scenarios.ts'

/** What must come of an attack, and what has. */
export interface Awaited {
  playbook: string
  wants: Status
  record: Containment | undefined
}

/** A cold function, IAM's delay, and some. */
const patienceMs = 60_000
const unsettled: Status[] = ['containing']

/** Where each containment that an attack must lead to stands, as the journal has it now. */
export async function standOf({ expect }: BoundAttack, ids: string[], table: string): Promise<Awaited[]> {
  const all = (await listIncidents(table)).flatMap(({ containments }) => containments)
  return expect.flatMap(({ playbook, target = {}, ends }) => {
    if (!playbook) return []
    const wants: Status = ends === 'contained' ? 'contained' : 'proposed'
    const fit = all.filter(
      (one) =>
        one.playbook === playbook &&
        Object.entries(target).every(([key, value]) => Reflect.get(one.target, key) === value),
    )
    // What was contained before the attack is so by an earlier one: that will do as well.
    const record =
      fit.find(({ event }) => ids.includes(String(event.id))) ?? fit.find(({ status }) => status === wants)
    return [{ playbook, wants, record }]
  })
}

export const isAsWanted = ({ wants, record }: Awaited): boolean => record?.status === wants

/** Waits until each has come to rest, at most a minute. */
export async function restOf(attack: BoundAttack, ids: string[], table: string): Promise<Awaited[]> {
  for (const end = Date.now() + patienceMs; ; await sleep(500)) {
    const all = await standOf(attack, ids, table)
    const rests = all.every(({ record }) => record && !unsettled.includes(record.status))
    if (rests || Date.now() > end) return all
  }
}
