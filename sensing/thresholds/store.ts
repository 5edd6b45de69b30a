import { QueryCommand, type QueryCommandOutput, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { milliseconds } from '../../engine/rule.ts'
import { digest } from '../../lib/canonical.ts'
import { conditionalWrite } from '../../lib/dynamodb/conditional-write.ts'
import { table } from '../../lib/dynamodb/table.ts'
import type { Threshold } from '../../rules/threshold.ts'
import {
  type CounterSlice,
  type CounterUpdate,
  maxSamples,
  neighbouringSlices,
  secondsOfSlice,
  sliceAt,
} from './batch.ts'
import { type LimitCrossing, type SignalledLimit, signalledLimitOf } from './evaluate.ts'
import type { CounterSample } from './sample.ts'

/** A slice is kept this long beyond the threshold's time, for late facts. */
const graceSeconds = 24 * 3600

/** What a counter holds in the slices of an update and their neighbours. */
export interface HeldSamples {
  samples: CounterSample[]
  signalled: SignalledLimit[]
}

/**
 * Adds an update to its counter and returns the samples around it, with one write a slice and one read however many
 * facts there are. Idempotent, except for the overflow of a sum.
 */
export async function addSamples(update: CounterUpdate, tableName: string): Promise<HeldSamples> {
  await Promise.all([...update.slices].map(([number, slice]) => writeSlice(update, number, slice, tableName)))
  return readAround(update, tableName)
}

async function writeSlice(
  update: CounterUpdate,
  number: number,
  { samples, overflow }: CounterSlice,
  tableName: string,
): Promise<void> {
  const hasRoom = { condition: 'attribute_not_exists(#seen) OR size(#seen) < :most', ':most': maxSamples }
  const added = { '#seen': samples, ...(overflow > 0 && { '#more': overflow }) }
  if (await addToSlice(update, number, added, tableName, hasRoom)) return
  // A full slice of a sum still grows; any other measure reached its limits long before.
  if ('sum' in update.threshold.measure)
    await addToSlice(update, number, { '#more': overflow + sumOf(samples) }, tableName)
}

/** Records that a limit was signalled, so that it is not signalled again. */
export const recordSignalled = (
  update: CounterUpdate,
  crossing: LimitCrossing,
  tableName: string,
): Promise<unknown> =>
  addToSlice(
    update,
    sliceAt(update.threshold, crossing.to),
    { '#told': new Set([signalledLimitOf(crossing)]) },
    tableName,
  )

async function readAround(
  { threshold, key, slices }: CounterUpdate,
  tableName: string,
): Promise<HeldSamples> {
  const numbers = [...slices.keys()]
  const held: HeldSamples = { samples: [], signalled: [] }
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey']
  do {
    const page: QueryCommandOutput = await table().send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': pkOf(threshold, key),
          ':from': skOf(Math.min(...numbers) - neighbouringSlices(threshold)),
          ':to': skOf(Math.max(...numbers) + neighbouringSlices(threshold)),
        },
        ConsistentRead: true,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    )
    for (const { sk, seen = [], told = [], more = 0 } of page.Items ?? []) {
      held.samples.push(...seen)
      held.signalled.push(...told)
      // The overflow has no times of its own: the start of its slice is near enough.
      if (more > 0)
        held.samples.push(`${(numberOf(sk) * secondsOfSlice(threshold)).toString(36)}.${sk}.${more}`)
    }
    ExclusiveStartKey = page.LastEvaluatedKey
  } while (ExclusiveStartKey)
  return held
}

/** The stored attributes: samples, limits already signalled, and the overflow of a sum. */
type Additions = Partial<Record<'#seen' | '#told' | '#more', Set<string> | number>>

/** Returns false if the condition does not hold. */
function addToSlice(
  { threshold, key }: CounterUpdate,
  number: number,
  additions: Additions,
  tableName: string,
  { condition, ...values }: { condition?: string; ':most'?: number } = {},
): Promise<boolean> {
  const names = Object.keys(additions)
  const placeholder = (name: string) => name.replace('#', ':')
  const update = new UpdateCommand({
    TableName: tableName,
    Key: { pk: pkOf(threshold, key), sk: skOf(number) },
    UpdateExpression: `ADD ${names.map((name) => `${name} ${placeholder(name)}`).join(', ')} SET #ttl = :ttl`,
    ...(condition !== undefined && { ConditionExpression: condition }),
    ExpressionAttributeNames: {
      '#ttl': 'ttl',
      ...Object.fromEntries(names.map((name) => [name, name.slice(1)])),
    },
    ExpressionAttributeValues: {
      ':ttl': Math.ceil((Date.now() + milliseconds(threshold.within)) / 1000) + graceSeconds,
      ...Object.fromEntries(Object.entries(additions).map(([name, added]) => [placeholder(name), added])),
      ...values,
    },
  })
  return conditionalWrite(table().send(update))
}

// A key may be long or hostile, and may name a person: only its digest is stored.
const pkOf = ({ name }: Threshold, key: string): string => `window#${name}#${digest(key).slice(0, 32)}`
const skOf = (number: number): string => `slice#${String(Math.max(0, number)).padStart(12, '0')}`
const numberOf = (sk: string): number => Number(sk.slice('slice#'.length))

const sumOf = (samples: Set<CounterSample>): number =>
  [...samples].reduce((sum, one) => sum + Number(one.split('.').slice(2).join('.')), 0)
