import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import * as z from 'zod'
import type { Containment, Notice } from '../../engine/journal/record.ts'
import type { RowKey } from './row.ts'

const id = z.string().min(1).max(1100)

/** What people are notified about. Its present state is read when the message is sent. */
export const news = z.union([
  z.strictObject({ incident: id }),
  /** The end of the notice's key. */
  z.strictObject({ notice: id }),
  /** The incidents that were only observed between two ISO times. */
  z.strictObject({ digest: z.strictObject({ since: id, until: id }) }),
])
export type News = z.output<typeof news>

/** The key of the record of a message about this in a channel. */
export function messageKeyOf(it: News, channel: string): RowKey {
  const sk = `message#${channel}`
  if ('incident' in it) return { pk: `incident#${it.incident}`, sk }
  return 'notice' in it ? { pk: `notice#${it.notice}`, sk } : { pk: 'digest', sk: `${sk}#${it.digest.until}` }
}

/** A subject that a batch of the journal's stream touched, once for each subject. */
export interface TouchedNews {
  news: News
  /** The sequence number of the first record about it: on failure Lambda sends the batch again from there. */
  sequence: string
  /** The partition keys of the containments that changed; the index must have them before the incident is read. */
  containments: Set<string>
}

/** The news in a batch of stream records, in the order of first appearance. Pure. */
export function newsOf(records: DynamoDBRecord[]): TouchedNews[] {
  const found = new Map<string, TouchedNews>()
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
  // `containing` lasts about a second and the next state is announced; only a person who just decided waits for it.
  const decided = before?.status === 'proposed' || before?.status === 'failed'
  return now.status === 'containing' && !decided ? undefined : { incident: now.incident }
}

type Image = { pk: string; sk: string } & Containment & Notice

const imageOf = (image: unknown): Image | undefined =>
  image ? (unmarshall(image as Record<string, AttributeValue>) as Image) : undefined
