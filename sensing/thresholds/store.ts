import { QueryCommand, type QueryCommandOutput, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { milliseconds } from '../../engine/rule.ts'
import { digest } from '../../lib/canonical.ts'
import { conditionalWrite } from '../../lib/dynamodb/conditional-write.ts'
import { table } from '../../lib/dynamodb/table.ts'
import type { Threshold } from '../../rules/threshold.ts'
import { maxSamples, neighbours, type Share, type Slice, secondsOfSlice, sliceAt } from './batch.ts'
import { type Crossing, type Signalled, signalledOf } from './evaluate.ts'
import type { Sample } from './sample.ts'

/** Late facts find their slice for this long after it was written. */
const graceSeconds = 24 * 3600

/** What a counter holds around the slices of a share. */
export interface HeldSamples {
  elements: Sample[]
  told: Signalled[]
}

/**
 * Adds a batch's share to its counter, and gives what lies around it by then: one write a slice and one read, however
 * many facts the share holds. Written again, it changes nothing but what a flood adds to a sum that has no more room.
 */
export async function add(share: Share, name: string): Promise<HeldSamples> {
  await Promise.all([...share.slices].map(([number, slice]) => keep(share, number, slice, name)))
  return around(share, name)
}

async function keep(share: Share, number: number, { elements, more }: Slice, name: string): Promise<void> {
  const room = { condition: 'attribute_not_exists(#seen) OR size(#seen) < :most', ':most': maxSamples }
  const rest = more > 0 && { '#more': more }
  if (await change(share, number, { '#seen': elements, ...rest }, name, room)) return
  // A full slice of a sum still grows; whatever else is counted has reached its limits long before.
  if ('sum' in share.window.measure) await change(share, number, { '#more': more + sumOf(elements) }, name)
}

/** Writes down that people hear of a crossing: from now on it is told already. */
export const tellOnce = (share: Share, crossing: Crossing, name: string): Promise<unknown> =>
  change(share, sliceAt(share.window, crossing.to), { '#told': new Set([signalledOf(crossing)]) }, name)

async function around({ window, key, slices }: Share, name: string): Promise<HeldSamples> {
  const numbers = [...slices.keys()]
  const held: HeldSamples = { elements: [], told: [] }
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey']
  do {
    const page: QueryCommandOutput = await table().send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': pkOf(window, key),
          ':from': skOf(Math.min(...numbers) - neighbours(window)),
          ':to': skOf(Math.max(...numbers) + neighbours(window)),
        },
        ConsistentRead: true,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    )
    for (const { sk, seen = [], told = [], more = 0 } of page.Items ?? []) {
      held.elements.push(...seen)
      held.told.push(...told)
      // It happened some time in the slice: that it began with it is near enough.
      if (more > 0)
        held.elements.push(`${(numberOf(sk) * secondsOfSlice(window)).toString(36)}.${sk}.${more}`)
    }
    ExclusiveStartKey = page.LastEvaluatedKey
  } while (ExclusiveStartKey)
  return held
}

type Adds = Partial<Record<'#seen' | '#told' | '#more', Set<string> | number>>

/** Adds to a slice; false where the condition does not hold. */
function change(
  { window, key }: Share,
  number: number,
  adds: Adds,
  name: string,
  { condition, ...values }: { condition?: string; ':most'?: number } = {},
): Promise<boolean> {
  const names = Object.keys(adds)
  const value = (one: string) => one.replace('#', ':')
  const update = new UpdateCommand({
    TableName: name,
    Key: { pk: pkOf(window, key), sk: skOf(number) },
    UpdateExpression: `ADD ${names.map((one) => `${one} ${value(one)}`).join(', ')} SET #ttl = :ttl`,
    ...(condition !== undefined && { ConditionExpression: condition }),
    ExpressionAttributeNames: {
      '#ttl': 'ttl',
      ...Object.fromEntries(names.map((one) => [one, one.slice(1)])),
    },
    ExpressionAttributeValues: {
      ':ttl': Math.ceil((Date.now() + milliseconds(window.within)) / 1000) + graceSeconds,
      ...Object.fromEntries(Object.entries(adds).map(([one, added]) => [value(one), added])),
      ...values,
    },
  })
  return conditionalWrite(table().send(update))
}

// A key may be long or hostile, and names a person: the digest does as well.
const pkOf = ({ name }: Threshold, key: string): string => `window#${name}#${digest(key).slice(0, 32)}`
const skOf = (number: number): string => `slice#${String(Math.max(0, number)).padStart(12, '0')}`
const numberOf = (sk: string): number => Number(sk.slice('slice#'.length))

const sumOf = (elements: Set<Sample>): number =>
  [...elements].reduce((sum, one) => sum + Number(one.split('.').slice(2).join('.')), 0)
