import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Severity } from '../../engine/rule.ts'
import { expiresIn, keepDays, table } from '../../lib/dynamodb/table.ts'

export interface RowKey {
  pk: string
  sk: string
}

/** A row that one worker at a time may change: its owner, and until when (milliseconds since 1970). */
export interface LeasedRow extends RowKey {
  owner?: string
  leaseUntil?: number
}

/** The record of one message in one channel. */
export interface MessageRow extends LeasedRow {
  /** How many changes requested this message, and how many of those requests are covered. */
  wanted?: number
  done?: number
  channel: string
  at: string
  state: 'delivered' | 'failed'
  why?: string
  /** Until when a scheduled retry is still to come (milliseconds since 1970). */
  retryUntil?: number

  /** In Slack: its channel, its timestamp, the timestamp of its thread, and its permalink. */
  place?: string
  ts?: string
  thread?: string
  link?: string
  /** When posting began (ISO time): until `ts` is set, it is unknown whether the message was posted. */
  posting?: string
  /** The hash of what was last shown. */
  hash?: string
  /** The severity that was last shown. */
  severity?: Severity
  /** The cause for which the group was last mentioned. */
  called?: string
  /** Keys of what was sent and must not be sent again. */
  told?: string[]
}

/** The fields to write; `undefined` removes a field. */
export type RowPatch<R> = { [K in keyof R]?: R[K] | undefined }

/** Counts one more request for this message, and returns the count. */
export async function countRequest({ pk, sk }: RowKey, channel: string, name: string): Promise<number> {
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
        // The message counts as failed until it is delivered.
        ':state': 'failed',
        ':why': 'not sent yet',
      },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return Attributes?.wanted as number
}

export async function readRow<R extends LeasedRow>({ pk, sk }: RowKey, name: string): Promise<R | undefined> {
  const { Item } = await table().send(
    new GetCommand({ TableName: name, Key: { pk, sk }, ConsistentRead: true }),
  )
  return Item as R | undefined
}

/** Changes a row and returns all of it. With `owner`, only while that owner holds the lease. */
export async function patchRow<R extends LeasedRow>(
  { pk, sk }: RowKey,
  patch: RowPatch<R>,
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
