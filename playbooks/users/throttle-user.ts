import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { readSettings } from '../../engine/settings.ts'

type State = {
  /** Requests a minute; `null`: no limit. */
  rate: number | null
  /** When the limit ends by itself, as an ISO time; `null`: there is none, or it has no end. */
  until: string | null
}

/** Requests a minute: somebody who was misjudged can still ask, a script that tries prompts cannot work. */
const slowRate = 1

/** A limit ends by itself after so long, even if nobody ends the containment. */
const mostDays = 30

/** Its own items of the journal; without keys `ForAllValues` would hold too. Source: IAM User Guide, "Set operators". */
const limits = {
  on: ['arn:aws:dynamodb:*:*:table/portcullis-*'],
  when: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'limit#*' },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
}

/** Limits one end user of an application, which asks before it serves them: `allowed` in sdk/limits.ts. */
export const throttleUser = playbook({
  name: 'throttle-user',
  title: 'Limit an end user to one request a minute',
  copy: {
    action: 'limit {target} to one request a minute',
    contained: '{target} is limited to one request a minute',
    released: '{target} has the earlier limit again',
    failed: '{target} may still send requests without this limit',
  },
  target: ['userId'],
  global: true,
  home: true,
  clients: { dynamodb: DynamoDBClient },
  reads: { 'dynamodb:GetItem': limits },
  writes: { 'dynamodb:DeleteItem': limits, 'dynamodb:PutItem': limits },
  settles: 2,
  caveats: () => [
    'Only an application that asks before it serves a request (allowed, sdk/limits.ts) heeds the limit; AWS does not.',
    'Whoever may sign up again comes back under another name, with no limit.',
    `It ends by itself after ${mostDays} days, if nobody ends it before.`,
  ],

  async read({ userId }, { dynamodb }, { at }): Promise<Reading<State>> {
    const tags = { none: 'A user of an application is not an AWS resource.' }
    const asked = { TableName: readSettings().table, Key: keyOf(userId), ConsistentRead: true }
    const { Item } = await dynamodb.send(new GetItemCommand(asked))
    const until = Item?.ttl?.N === undefined ? null : iso(Number(Item.ttl.N) * 1000)
    // DynamoDB removes what has expired within days, not at once. Source: DynamoDB Developer Guide, "Time to live".
    if (!Item?.rate?.N || (until !== null && until <= at)) return { tags, state: { rate: null, until: null } }
    return { tags, state: { rate: Number(Item.rate.N), until } }
  },

  contain({ rate, until }, { at }) {
    if (rate !== null && rate <= slowRate) return { rate, until }
    const end = iso(Date.parse(at) + mostDays * 86_400_000)
    // A limit that was here and has no end gets none: it would be gone with ours.
    const lasting = rate !== null && (until === null || until > end)
    return { rate: slowRate, until: lasting ? until : end }
  },

  async write({ userId }, { rate, until }, { dynamodb }) {
    const Key = keyOf(userId)
    const TableName = readSettings().table
    if (rate === null) return void (await dynamodb.send(new DeleteItemCommand({ TableName, Key })))
    // What `allowed` adds to a moment: an update expression can add, and cannot divide.
    const interval = { N: String(Math.round(60_000 / rate)) }
    const ttl = until && { ttl: { N: String(Date.parse(until) / 1000) } }
    const Item = { ...Key, rate: { N: String(rate) }, interval, ...ttl }
    await dynamodb.send(new PutItemCommand({ TableName, Item }))
  },
})

const keyOf = (userId: string) => ({ pk: { S: `limit#${userId}` }, sk: { S: 'current' } })

/** To the second, as DynamoDB's time to live is. */
const iso = (milliseconds: number): string => new Date(Math.floor(milliseconds / 1000) * 1000).toISOString()
