import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Severity } from '../../engine/rule.ts'
import { expiresIn, keepDays, table } from '../../lib/dynamodb/table.ts'

export interface Key {
  pk: string
  sk: string
}

/** A row that only one at a time may bring up to date: who, and until when (milliseconds since 1970). */
export interface Leased extends Key {
  owner?: string
  leaseUntil?: number
}

/** What the journal knows of one message in one channel. */
export interface MessageRow extends Leased {
  /** How many changes asked for this message, and for how many of them it has been brought up to date. */
  wanted?: number
  done?: number
  channel: string
  at: string
  state: 'delivered' | 'failed'
  why?: string
  /** Until when a try that was put off is still to come (milliseconds since 1970). */
  retryUntil?: number

  /** In Slack: where it stands, its timestamp, the one of the thread it stands in, and its address. */
  place?: string
  ts?: string
  thread?: string
  link?: string
  /** Since when it is being posted: whether it was is not known until `ts` is. */
  posting?: string
  /** Of what was last shown. */
  hash?: string
  /** How grave it was then. */
  severity?: Severity
  /** For what a group was last called. */
  called?: string
  /** What has been told once and is not told again. */
  told?: string[]
}

/** What is to be written; `undefined` takes a field away. */
export type Patch<R> = { [K in keyof R]?: R[K] | undefined }

/** Counts one more change that asks for this message; gives the count. */
export async function want({ pk, sk }: Key, channel: string, name: string): Promise<number> {
  const { Attributes } = await table().send(
    new UpdateCommand({
      TableName: name,
      Key: { pk, sk },
      UpdateExpression:
        'ADD wanted :one SET channel = :channel, #ttl = :ttl, #at = if_not_exists(#at, :at), #state = if_not_exists(#state, :state), why = if_not_exists(why, :why)',
      ExpressionAttributeNames: { '#ttl': 'ttl', '#at': 'at', '#state': 'state' },
      ExpressionAttributeValues: {
        ':one': 1,
        ':channel': channel,
        ':ttl': expiresIn(keepDays),
        ':at': new Date().toISOString(),
        // Until something is delivered nothing is.
        ':state': 'failed',
        ':why': 'not sent yet',
      },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return Attributes?.wanted as number
}

export async function readRow<R extends Leased>({ pk, sk }: Key, name: string): Promise<R | undefined> {
  const { Item } = await table().send(
    new GetCommand({ TableName: name, Key: { pk, sk }, ConsistentRead: true }),
  )
  return Item as R | undefined
}

/** Changes a row, and gives all of it. With `owner`: only while that one has the lease. */
export async function patchRow<R extends Leased>(
  { pk, sk }: Key,
  patch: Patch<R>,
  name: string,
  owner?: string,
): Promise<R> {
  const entries = Object.entries(patch)
  const sets = entries.filter(([, value]) => value !== undefined)
  const removes = entries.filter(([, value]) => value === undefined)
  const { Attributes } = await table().send(
    new UpdateCommand({
      TableName: name,
      Key: { pk, sk },
      UpdateExpression: [
        ...(sets.length > 0 ? [`SET ${sets.map(([key]) => `#${key} = :${key}`).join(', ')}`] : []),
        ...(removes.length > 0 ? [`REMOVE ${removes.map(([key]) => `#${key}`).join(', ')}`] : []),
      ].join(' '),
      ...(owner !== undefined && { ConditionExpression: '#owner = :mine' }),
      ExpressionAttributeNames: {
        ...Object.fromEntries(entries.map(([key]) => [`#${key}`, key])),
        ...(owner !== undefined && { '#owner': 'owner' }),
      },
      ExpressionAttributeValues: {
        ...Object.fromEntries(sets.map(([key, value]) => [`:${key}`, value])),
        ...(owner !== undefined && { ':mine': owner }),
      },
      ReturnValues: 'ALL_NEW',
    }),
  )
  return Attributes as R
}
