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

/** As many ids as a prefix may mean before it means nothing. */
const mostIds = 10
/** What is open is far less; of what has ended, the newest. */
const mostOfOneStatus = 200
/** Source: DynamoDB, BatchGetItem. */
const batch = 100

type Message = Incident['messages'][number]
interface Indexed {
  pk: string
  sk: string
  incident: string
  opened: string
}

/** Everything known of an incident, as it is now; nothing when there is none of that id. */
export async function readIncident(id: string, name: string): Promise<Incident | undefined> {
  const [indexed, rows] = await Promise.all([shelved(id, name), partition(`incident#${id}`, name)])
  const containments = await fetchAll(
    indexed.filter(({ incident }) => incident === id),
    name,
  )
  const incident = gather(containments)[0]
  if (!incident) return undefined
  const events = (await partition(`events#${id}`, name)).flatMap(({ seen }) => [...(seen as Set<string>)])
  return {
    ...incident,
    events: events.sort(),
    decisions: rowsOf<Decision>(rows, 'decision#'),
    messages: rowsOf<Message>(rows, 'message#'),
  }
}

/** The ids that begin so (`inc-7f3a` or `7f3a`), at most ten, oldest first. */
export async function findIncidents(prefix: string, name: string): Promise<string[]> {
  const found = await shelved(prefix.startsWith('inc-') ? prefix : `inc-${prefix}`, name)
  const ids = new Map(found.toSorted(byTime).map(({ incident }) => [incident, incident]))
  return [...ids.keys()].slice(0, mostIds)
}

/**
 * Every incident that is open, and the newest of the others; newest first, without their further events, decisions
 * and messages.
 */
export async function listIncidents(name: string): Promise<Incident[]> {
  const newest = await Promise.all(statuses.map((status) => newestOf(status, name)))
  return gather(await fetchAll(newest.flat(), name)).reverse()
}

// An index is a moment behind its table: it says where, and the table says what.
async function fetchAll(indexed: Indexed[], name: string): Promise<Containment[]> {
  const found: Containment[] = []
  const keys = indexed.map(({ pk, sk }) => ({ pk, sk }))
  while (keys.length > 0) {
    const Keys = keys.splice(0, batch)
    const answer = await table().send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys, ConsistentRead: true } } }),
    )
    found.push(...((answer.Responses?.[name] ?? []) as Containment[]))
    keys.push(...((answer.UnprocessedKeys?.[name]?.Keys ?? []) as typeof keys))
  }
  return found
}

function gather(containments: Containment[]): Incident[] {
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

const shelved = (prefix: string, name: string): Promise<Indexed[]> =>
  query(
    {
      TableName: name,
      IndexName: 'incidents',
      KeyConditionExpression: 'shelf = :shelf AND begins_with(incident, :prefix)',
      ExpressionAttributeValues: { ':shelf': indexShardOf(prefix), ':prefix': prefix },
    },
    (item) => item as unknown as Indexed,
  )

const newestOf = (status: Status, name: string): Promise<Indexed[]> =>
  query(
    {
      TableName: name,
      IndexName: 'statuses',
      KeyConditionExpression: '#status = :status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': status },
      ScanIndexForward: false,
      Limit: mostOfOneStatus,
    },
    (item) => item as unknown as Indexed,
    1,
  )

const partition = (pk: string, name: string): Promise<Record<string, unknown>[]> =>
  query(
    {
      TableName: name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    },
    (item) => item,
  )

async function query<T>(
  input: Parameters<typeof paginateQuery>[1],
  as: (item: Record<string, unknown>) => T,
  mostPages = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const found: T[] = []
  let pages = 0
  for await (const { Items = [] } of paginateQuery({ client: table() }, input)) {
    found.push(...Items.map(as))
    if (++pages >= mostPages) break
  }
  return found
}

const rowsOf = <T>(rows: Record<string, unknown>[], kind: string): T[] =>
  rows.filter(({ sk }) => String(sk).startsWith(kind)) as T[]

// Of the same moment in a fixed order: what is read in any order is shown in one.
const byTime = (a: { opened: string }, b: { opened: string }): number => (timeOf(a) < timeOf(b) ? -1 : 1)
const timeOf = (it: { opened: string; id?: string; pk?: string }) => `${it.opened} ${it.id ?? it.pk ?? ''}`
