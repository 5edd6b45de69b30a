import type { DynamoDBRecord, SQSRecord } from 'aws-lambda'
import { printable } from '../../engine/errors.ts'
import { deliver, deliverToAll } from './deliver.ts'
import { deliverDigest } from './digest.ts'
import { newsOf, type TouchedNews } from './news.ts'
import { waitForIndex } from './read.ts'
import { parseDeliveryTask } from './retry.ts'
import { readChannelSettings } from './settings.ts'

interface BatchFailures {
  batchItemFailures: { itemIdentifier: string }[]
}

/**
 * Turns changes of the journal into messages. Takes a batch of the journal's stream, a batch of the retry queue, or
 * `{ digest: true }`. It does not send the content of a stream record: it brings every message about that record up to
 * date with the journal. What a channel does not accept is scheduled again; a record fails only when that fails too.
 */
export async function announce(input: unknown): Promise<BatchFailures> {
  if (isBatch(input)) {
    const [stream, queue] = [input.Records.filter(isStreamRecord), input.Records.filter(isQueueMessage)]
    const failed = await Promise.all([
      ...newsOf(stream).map((touched) => failureOf(touched.sequence, announceNews(touched))),
      ...queue.map((message) => failureOf(message.messageId, retry(message))),
    ])
    return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) }
  }
  if (!isDigest(input))
    throw new Error(`The input is neither a batch nor { digest: true }: ${printable(input)}`)
  await deliverDigest(readChannelSettings().table)
  return { batchItemFailures: [] }
}

async function announceNews({ news, containments }: TouchedNews): Promise<void> {
  if ('incident' in news) await waitForIndex(news.incident, containments, readChannelSettings().table)
  await deliverToAll(news)
}

const retry = async ({ body }: SQSRecord): Promise<void> => deliver(parseDeliveryTask(body))

/** Resolves to the identifier when the work fails, and to an empty list when it succeeds. */
const failureOf = (identifier: string, work: Promise<void>): Promise<string[]> =>
  work.then(
    () => [],
    (error) => {
      console.error(JSON.stringify({ level: 'ERROR', message: 'not announced', error: String(error) }))
      return [identifier]
    },
  )

type Batch = { Records: (DynamoDBRecord | SQSRecord)[] }

const isBatch = (input: unknown): input is Batch =>
  typeof input === 'object' && input !== null && 'Records' in input && Array.isArray(input.Records)
const isStreamRecord = (record: Batch['Records'][number]): record is DynamoDBRecord => 'dynamodb' in record
const isQueueMessage = (record: Batch['Records'][number]): record is SQSRecord => 'body' in record
const isDigest = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'digest' in input && input.digest === true
