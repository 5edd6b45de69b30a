import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import * as z from 'zod'
import type { Containment, Notice } from '../../engine/journal/record.ts'
import type { Key } from './row.ts'

const id = z.string().min(1).max(1100)

/** What people are to be told of: its present state is read when they are. */
export const news = z.union([
  z.strictObject({ incident: id }),
  /** By the end of its key. */
  z.strictObject({ notice: id }),
  /** What was only observed between two ISO times. */
  z.strictObject({ digest: z.strictObject({ since: id, until: id }) }),
])
export type News = z.output<typeof news>

/** Where the journal keeps what it knows of a message about this in a channel. */
export function keyOf(it: News, channel: string): Key {
  const sk = `message#${channel}`
  if ('incident' in it) return { pk: `incident#${it.incident}`, sk }
  return 'notice' in it ? { pk: `notice#${it.notice}`, sk } : { pk: 'digest', sk: `${sk}#${it.digest.until}` }
}

/** What a batch of the journal's stream touched: each once, with what the index must have of it. */
export interface Touched {
  news: News
  /** The first record about it: from there on the batch is sent again when it fails. */
  sequence: string
  /** Partitions of the containments that changed. */
  containments: Set<string>
}

/** The news in a batch of stream records, in the order of their first record. Pure. */
export function newsOf(records: DynamoDBRecord[]): Touched[] {
  const found = new Map<string, Touched>()
  for (const record of records) {
    const news = newsIn(record)
    if (!news) continue
    const key = JSON.stringify(news)
    const sequence = record.dynamodb?.SequenceNumber ?? ''
    const touched = found.get(key) ?? { news, sequence, containments: new Set() }
    const { pk = '' } = imageOf(record.dynamodb?.NewImage) ?? {}
    if ('incident' in news) touched.containments.add(pk)
    found.set(key, touched)
  }
  return [...found.values()]
}

function newsIn({ eventName, dynamodb }: DynamoDBRecord): News | undefined {
  const now = imageOf(dynamodb?.NewImage)
  if (!now || eventName === 'REMOVE' || now.sk !== 'current') return undefined
  if (now.pk.startsWith('notice#'))
    return eventName === 'INSERT' ? { notice: now.pk.slice('notice#'.length) } : undefined
  if (!now.pk.startsWith('containment#')) return undefined
  const before = imageOf(dynamodb?.OldImage)
  // It is over in a second, and what follows it is told; but who has just decided is waiting.
  const decided = before?.status === 'proposed' || before?.status === 'failed'
  return now.status === 'containing' && !decided ? undefined : { incident: now.incident }
}

type Image = { pk: string; sk: string } & Containment & Notice

const imageOf = (image: unknown): Image | undefined =>
  image ? (unmarshall(image as Record<string, AttributeValue>) as Image) : undefined
