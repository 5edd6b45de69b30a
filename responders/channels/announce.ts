import type { DynamoDBRecord, SQSRecord } from 'aws-lambda'
import { printable } from '../../engine/errors.ts'
import { deliver, tellAll } from './deliver.ts'
import { tellDigest } from './digest.ts'
import { newsOf, type Touched } from './news.ts'
import { indexed } from './read.ts'
import { parseDeliveryTask } from './retry.ts'
import { readChannelSettings } from './settings.ts'

interface Failures {
  batchItemFailures: { itemIdentifier: string }[]
}

/**
 * The one way out: what the journal says becomes messages. Takes a batch of the journal's stream, a batch of what is
 * to be tried again, or the hour of the digest. It does not send what a record says: it brings each message about it
 * up to date with the journal. What a channel does not take is put off; a record fails only when that cannot be done.
 */
export async function announce(input: unknown): Promise<Failures> {
  if (isBatch(input)) {
    const [stream, queue] = [input.Records.filter(isChange), input.Records.filter(isMessage)]
    const failed = await Promise.all([
      ...newsOf(stream).map((touched) => unless(touched.sequence, tell(touched))),
      ...queue.map((message) => unless(message.messageId, again(message))),
    ])
    return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) }
  }
  if (!isDigest(input)) throw new Error(`This is neither a batch nor { digest: true }: ${printable(input)}`)
  await tellDigest(readChannelSettings().table)
  return { batchItemFailures: [] }
}

async function tell({ news, containments }: Touched): Promise<void> {
  if ('incident' in news) await indexed(news.incident, containments, readChannelSettings().table)
  await tellAll(news)
}

const again = async ({ body }: SQSRecord): Promise<void> => deliver(parseDeliveryTask(body))

/** Nothing when it is done, and what names it when it is not. */
const unless = (name: string, work: Promise<void>): Promise<string[]> =>
  work.then(
    () => [],
    (error) => {
      console.error(JSON.stringify({ level: 'ERROR', message: 'not announced', error: String(error) }))
      return [name]
    },
  )

type Batch = { Records: (DynamoDBRecord | SQSRecord)[] }

const isBatch = (input: unknown): input is Batch =>
  typeof input === 'object' && input !== null && 'Records' in input && Array.isArray(input.Records)
const isChange = (record: Batch['Records'][number]): record is DynamoDBRecord => 'dynamodb' in record
const isMessage = (record: Batch['Records'][number]): record is SQSRecord => 'body' in record
const isDigest = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'digest' in input && input.digest === true
