import { setTimeout as sleep } from 'node:timers/promises'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { listIncidents, readIncident } from '../../engine/journal/incidents.ts'
import type { Incident, Notice } from '../../engine/journal/record.ts'
import { table } from '../../lib/dynamodb/table.ts'
import { viewOf } from '../messages/view/view-of.ts'
import type { ObservedDigest } from './channel.ts'

/** The longest wait for the index, which usually lags its table by less. Source: DynamoDB, "Global secondary indexes", consistency. */
const maxIndexLagMs = 2_000

/**
 * Waits until the index of incidents has these containments, for at most two seconds: a record that was overwritten in
 * the meantime never appears there.
 */
export async function waitForIndex(incident: string, containments: Set<string>, name: string): Promise<void> {
  for (const end = Date.now() + maxIndexLagMs; Date.now() < end; await sleep(100)) {
    const found = new Set((await readIncident(incident, name))?.containments.map(keyOf))
    if (containments.isSubsetOf(found)) return
  }
}

export async function readNotice(id: string, name: string): Promise<Notice | undefined> {
  const Key = { pk: `notice#${id}`, sk: 'current' }
  return (await table().send(new GetCommand({ TableName: name, Key, ConsistentRead: true }))).Item as
    | Notice
    | undefined
}

/** The incidents that were opened in that time and are still only observed. */
export async function readDigest(since: string, until: string, name: string): Promise<ObservedDigest> {
  const within = ({ containments }: Incident) =>
    containments.some(({ opened }) => opened > since && opened <= until)
  const views = (await listIncidents(name)).filter(within).map((incident) => viewOf(incident, new Date()))
  return { since, until, views: views.filter(({ state }) => state === 'observed') }
}

// A record that was read from the table carries its key.
const keyOf = (record: object) => (record as { pk: string }).pk
