import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { readSettings } from '../../engine/settings.ts'

type State = {
  /** Requests a minute; `null`: no limit. */
  rate: number | null
  /** ISO time at which the limit expires; `null`: no limit, or it does not expire. */
  until: string | null
}

/** Requests a minute: a wrongly limited person can still work, a script that tries prompts cannot. */
const throttledRate = 1

/** Days after which a limit expires even if the containment is not released. */
const maxDays = 30

/** The items of the journal with limits; `ForAllValues` alone would also match a request without keys. Source: IAM User Guide, "Set operators". */
const limits = {
  on: ['arn:aws:dynamodb:*:*:table/portcullis-*'],
  when: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'limit#*' },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
}

/** Limits one end user of an application that checks the limit before it serves a request: `allowed` in sdk/limits.ts. */
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
    'The limit works only in an application that checks it before it serves a request (allowed, sdk/limits.ts).',
    'An attacker who can sign up again can return under another name without the limit.',
    `The limit expires after ${maxDays} days unless it is released before.`,
  ],

  async read({ userId }, { dynamodb }, { at }): Promise<Reading<State>> {
    const tags = { none: 'A user of an application is not an AWS resource.' }
    const asked = { TableName: readSettings().table, Key: keyOf(userId), ConsistentRead: true }
    const { Item } = await dynamodb.send(new GetItemCommand(asked))
    const until = Item?.ttl?.N === undefined ? null : iso(Number(Item.ttl.N) * 1000)
    // DynamoDB deletes an expired item within days, not immediately. Source: DynamoDB Developer Guide, "Time to live".
    if (!Item?.rate?.N || (until !== null && until <= at)) return { tags, state: { rate: null, until: null } }
    return { tags, state: { rate: Number(Item.rate.N), until } }
  },

  contain({ rate, until }, { at }) {
    if (rate !== null && rate <= throttledRate) return { rate, until }
    const end = iso(Date.parse(at) + maxDays * 86_400_000)
    // A limit that was there and lasts longer keeps its end: otherwise it would expire with ours.
    const outlastsOurs = rate !== null && (until === null || until > end)
    return { rate: throttledRate, until: outlastsOurs ? until : end }
  },

  async write({ userId }, { rate, until }, { dynamodb }) {
    const Key = keyOf(userId)
    const TableName = readSettings().table
    if (rate === null) return void (await dynamodb.send(new DeleteItemCommand({ TableName, Key })))
    // `allowed` adds it to a time: an update expression can add but not divide.
    const interval = { N: String(Math.round(60_000 / rate)) }
    const ttl = until && { ttl: { N: String(Date.parse(until) / 1000) } }
    const Item = { ...Key, rate: { N: String(rate) }, interval, ...ttl }
    await dynamodb.send(new PutItemCommand({ TableName, Item }))
  },
})

const keyOf = (userId: string) => ({ pk: { S: `limit#${userId}` }, sk: { S: 'current' } })

/** An ISO time in whole seconds, the precision of DynamoDB's time to live. */
const iso = (milliseconds: number): string => new Date(Math.floor(milliseconds / 1000) * 1000).toISOString()
