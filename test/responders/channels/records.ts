import { randomBytes } from 'node:crypto'
import type { By } from '../../../engine/command.ts'
import { type Containment, indexShardOf, type Status } from '../../../engine/journal/record.ts'
import { sampleOf } from '../../../responders/messages/samples/samples.ts'
import type { IncidentState } from '../../../responders/messages/view/incident-view.ts'

type Written = Containment & { pk: string; sk: string }

const maria: By = { who: 'maria', how: 'slack' }

export const newIncident = (): string => `inc-${randomBytes(4).toString('hex')}`

/** The first containment of a sample, as the journal holds it for a new incident. */
export function containmentOf(state: IncidentState, more: Partial<Containment> = {}): Written {
  const [sample] = sampleOf(state).containments
  if (!sample) throw new Error(`There is no sample for ${state}.`)
  const incident = more.incident ?? newIncident()
  const opened = new Date().toISOString()
  const record = {
    ...sample,
    id: `c-${randomBytes(8).toString('hex')}`,
    // A rule of its own, because similar incidents would be a flood.
    rule: `${sample.rule}-${randomBytes(4).toString('hex')}`,
    opened,
    history: sample.history.map((step, place) => ({ ...step, at: later(opened, place) })),
    ...more,
    incident,
    shelf: indexShardOf(incident),
  }
  return { ...record, pk: `containment#${record.playbook}#${record.id}`, sk: 'current' }
}

/** The same containment after a person moved it to another status. */
export function moved(record: Written, status: Status, why?: string): Written {
  const at = later(record.history.at(-1)?.at ?? record.opened, 1)
  return { ...record, status, history: [...record.history, { at, status, by: maria, ...(why && { why }) }] }
}

const later = (at: string, seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString()
