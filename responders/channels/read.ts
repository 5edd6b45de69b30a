import { setTimeout as sleep } from 'node:timers/promises'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { listIncidents, readIncident } from '../../engine/journal/incidents.ts'
import type { Incident, Notice } from '../../engine/journal/record.ts'
import { table } from '../../lib/dynamodb/table.ts'
import { viewOf } from '../messages/view-of.ts'
import type { Digest } from './channel.ts'

/** An index is hardly ever longer behind its table. Source: DynamoDB, "Global secondary indexes", consistency. */
const indexedWithin = 2_000

/**
 * Waits until the index of incidents has these containments, for at most two seconds: one that was written over
 * meanwhile never comes.
 */
export async function indexed(incident: string, containments: Set<string>, name: string): Promise<void> {
  for (const end = Date.now() + indexedWithin; Date.now() < end; await sleep(100)) {
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

/** What was only observed in that time, and has not come to more since. */
export async function readDigest(since: string, until: string, name: string): Promise<Digest> {
  const within = ({ containments }: Incident) =>
    containments.some(({ opened }) => opened > since && opened <= until)
  const views = (await listIncidents(name)).filter(within).map((incident) => viewOf(incident, new Date()))
  return { since, until, views: views.filter(({ state }) => state === 'observed') }
}

// What was read from the table carries its key.
const keyOf = (record: object) => (record as { pk: string }).pk
