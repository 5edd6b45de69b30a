import { BatchGetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb'
import { table } from '../../lib/dynamodb/table.ts'
import {
  type Containment,
  type Decision,
  type Incident,
  indexShardOf,
  type Status,
  statuses,
} from './record.ts'

/** Incident IDs returned for a prefix. */
const maxIds = 10
/** Containments of one status that are listed: far more than are ever open, and the newest of the ended ones. */
const maxOfOneStatus = 200
/** Keys in one BatchGetItem. Source: DynamoDB API reference, BatchGetItem. */
const maxBatchKeys = 100

type Message = Incident['messages'][number]
interface Indexed {
  pk: string
  sk: string
  incident: string
  opened: string
}

/** An incident with everything on record about it; `undefined` if none has this ID. */
export async function readIncident(id: string, tableName: string): Promise<Incident | undefined> {
  const [indexed, rows] = await Promise.all([
    idsWithPrefix(id, tableName),
    partition(`incident#${id}`, tableName),
  ])
  const containments = await fetchAll(
    indexed.filter(({ incident }) => incident === id),
    tableName,
  )
  const incident = incidentsOf(containments)[0]
  if (!incident) return undefined
  const events = (await partition(`events#${id}`, tableName)).flatMap(({ seen }) => [
    ...(seen as Set<string>),
  ])
  return {
    ...incident,
    events: events.sort(),
    decisions: rowsOf<Decision>(rows, 'decision#'),
    messages: rowsOf<Message>(rows, 'message#'),
  }
}

/** The incident IDs with this prefix (`inc-7f3a` or `7f3a`), at most ten, oldest first. */
export async function findIncidents(prefix: string, tableName: string): Promise<string[]> {
  const found = await idsWithPrefix(prefix.startsWith('inc-') ? prefix : `inc-${prefix}`, tableName)
  const ids = new Map(found.toSorted(byTime).map(({ incident }) => [incident, incident]))
  return [...ids.keys()].slice(0, maxIds)
}

/** The open incidents and the newest ended ones, newest first, without further events, decisions and messages. */
export async function listIncidents(tableName: string): Promise<Incident[]> {
  const newest = await Promise.all(statuses.map((status) => newestOf(status, tableName)))
  return incidentsOf(await fetchAll(newest.flat(), tableName)).reverse()
}

// An index lags behind its table: it gives the keys, and the table gives the items.
async function fetchAll(indexed: Indexed[], tableName: string): Promise<Containment[]> {
  const found: Containment[] = []
  const keys = indexed.map(({ pk, sk }) => ({ pk, sk }))
  while (keys.length > 0) {
    const Keys = keys.splice(0, maxBatchKeys)
    const answer = await table().send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
    )
    found.push(...((answer.Responses?.[tableName] ?? []) as Containment[]))
    keys.push(...((answer.UnprocessedKeys?.[tableName]?.Keys ?? []) as typeof keys))
  }
  return found
}

function incidentsOf(containments: Containment[]): Incident[] {
  const all = Map.groupBy(containments.toSorted(byTime), ({ incident }) => incident)
  return [...all].flatMap(([id, of]) => {
    const [first] = of
    if (!first) return []
    const { target, subject, opened } = first
    return [
      {
        id,
        account: target.account,
        subject,
        opened,
        containments: of,
        events: [],
        decisions: [],
        messages: [],
      },
    ]
  })
}

const idsWithPrefix = (prefix: string, tableName: string): Promise<Indexed[]> =>
  query(
    {
      TableName: tableName,
      IndexName: 'incidents',
      KeyConditionExpression: 'shelf = :shelf AND begins_with(incident, :prefix)',
      ExpressionAttributeValues: { ':shelf': indexShardOf(prefix), ':prefix': prefix },
    },
    (item) => item as unknown as Indexed,
  )

const newestOf = (status: Status, tableName: string): Promise<Indexed[]> =>
  query(
    {
      TableName: tableName,
      IndexName: 'statuses',
      KeyConditionExpression: '#status = :status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': status },
      ScanIndexForward: false,
      Limit: maxOfOneStatus,
    },
    (item) => item as unknown as Indexed,
    1,
  )

const partition = (pk: string, tableName: string): Promise<Record<string, unknown>[]> =>
  query(
    {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    },
    (item) => item,
  )

async function query<T>(
  input: Parameters<typeof paginateQuery>[1],
  convert: (item: Record<string, unknown>) => T,
  maxPages = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const found: T[] = []
  let pages = 0
  for await (const { Items = [] } of paginateQuery({ client: table() }, input)) {
    found.push(...Items.map(convert))
    if (++pages >= maxPages) break
  }
  return found
}

const rowsOf = <T>(rows: Record<string, unknown>[], kind: string): T[] =>
  rows.filter(({ sk }) => String(sk).startsWith(kind)) as T[]

// With a tie-breaker: the order does not depend on the order of reading.
const byTime = (a: { opened: string }, b: { opened: string }): number => (timeOf(a) < timeOf(b) ? -1 : 1)
const timeOf = (row: { opened: string; id?: string; pk?: string }) =>
  `${row.opened} ${row.id ?? row.pk ?? ''}`
