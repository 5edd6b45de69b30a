import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { digest } from '../engine/plan.ts'
import { milliseconds } from '../engine/rule.ts'
import { table } from '../engine/table.ts'
import { won } from '../engine/won.ts'
import type { Element } from './element.ts'
import type { Told } from './evaluate.ts'
import { mostElements, neighbours, type Share, sliceOf } from './gather.ts'

/** Late facts find their slice for this long after it was written. */
const graceSeconds = 24 * 3600

/** What a counter holds around one slice. */
export interface Held {
  elements: Element[]
  told: Told[]
  /** Of a sum, what its slices had no room to keep apart. */
  more: number
}

/**
 * Adds a batch's share to its counter, and gives what lies around it by then. One write and one read, however many
 * facts the share holds; written again, it changes nothing (but `more`, which only a flood has).
 */
export async function add(share: Share, name: string): Promise<Held> {
  const { window, elements, more } = share
  const names = { '#seen': 'seen', '#ttl': 'ttl', '#more': 'more' }
  const ttl = Math.ceil(Date.now() / 1000 + milliseconds(window.within) / 1000 + graceSeconds)
  const write = (adds: string, values: object, condition?: string) =>
    won(
      table().send(
        new UpdateCommand({
          TableName: name,
          Key: keyOf(share, share.slice),
          UpdateExpression: `ADD ${adds} SET #ttl = :ttl`,
          ...(condition && { ConditionExpression: condition }),
          ExpressionAttributeNames: Object.fromEntries(
            Object.entries(names).filter(([one]) => `${adds} #ttl ${condition ?? ''}`.includes(one)),
          ),
          ExpressionAttributeValues: { ...values, ':ttl': ttl },
        }),
      ),
    )
  const kept = await write(
    more > 0 ? '#seen :seen, #more :more' : '#seen :seen',
    { ':seen': elements, ':most': mostElements, ...(more > 0 && { ':more': more }) },
    'attribute_not_exists(#seen) OR size(#seen) < :most',
  )
  // A full slice of a sum still grows; whatever else is counted has reached its limits long before.
  if (!kept && 'sum' in window.measure) await write('#more :more', { ':more': more + sumOf(elements) })
  return around(share, name)
}

/** Writes down that people hear of a crossing: from now on it is told already. */
export const tellOnce = (share: Share, at: number, told: Told, name: string): Promise<unknown> =>
  table().send(
    new UpdateCommand({
      TableName: name,
      Key: keyOf(share, Math.floor(at / sliceOf(share.window))),
      UpdateExpression: 'ADD told :told SET #ttl = if_not_exists(#ttl, :ttl)',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':told': new Set([told]),
        ':ttl': Math.ceil(Date.now() / 1000) + graceSeconds,
      },
    }),
  )

async function around(share: Share, name: string): Promise<Held> {
  const reach = neighbours(share.window)
  const { Items = [] } = await table().send(
    new QueryCommand({
      TableName: name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': keyOf(share, 0).pk,
        ':from': keyOf(share, share.slice - reach).sk,
        ':to': keyOf(share, share.slice + reach).sk,
      },
      ConsistentRead: true,
    }),
  )
  return {
    elements: Items.flatMap(({ seen }) => [...(seen ?? [])]),
    told: Items.flatMap(({ told }) => [...(told ?? [])]),
    more: Items.reduce((sum, { more = 0 }) => sum + more, 0),
  }
}

// A key may be long or hostile, and names a person: the digest does as well.
const keyOf = ({ window, key }: Share, slice: number) => ({
  pk: `window#${window.name}#${digest(key).slice(0, 32)}`,
  sk: `slice#${String(slice).padStart(12, '0')}`,
})

const sumOf = (elements: Set<Element>): number =>
  [...elements].reduce((sum, one) => sum + Number(one.split('.').slice(2).join('.')), 0)
