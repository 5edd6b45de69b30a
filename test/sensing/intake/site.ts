import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { SQSBatchResponse } from 'aws-lambda'
import { handler } from '../../../functions/sense.ts'
import { keys } from '../../../infrastructure/stack/data/journal.ts'
import { startEmulators } from '../../../local/emulators.ts'
import type { Signal } from '../../../rules/events/signal.ts'
import { forgetSuppressed } from '../../../sensing/thresholds/suppression.ts'
import { openTap, type Tap } from '../../tap.ts'

const bus = 'portcullis-test'
export const bucket = 'test-bedrock-logs'

/** The function with all it calls, and a listener on the bus as a rule would be. */
export interface Site {
  tap: Tap
  /** The emulator itself, past the tap. */
  endpoint: string
  /** Counters, bus and queues as new; the function's container too. */
  reset(): Promise<void>
  /** Puts a file into the log's bucket. */
  put(key: string, body: Uint8Array | string): Promise<void>
  /** Delivers something, and gives what it answered. */
  give(input: unknown): Promise<SQSBatchResponse>
  /** The signals that came over the bus since the last time, by the rule of a listener. */
  heard(): Promise<Signal[]>
  deadLetters(): Promise<unknown[]>
  /** Everything that was written into the table. */
  written(): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

export async function startSite(): Promise<Site> {
  const emulators = await startEmulators({ only: 'ministack' })
  const tap = await openTap(emulators.ministack)
  const there = { endpoint: emulators.ministack, region: 'us-east-1' }
  const direct = { ...there, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const dynamodb = new DynamoDBClient(direct)
  const documents = DynamoDBDocumentClient.from(dynamodb)
  const [sqs, events, s3] = [
    new SQSClient(direct),
    new EventBridgeClient(direct),
    new S3Client({ ...direct, forcePathStyle: true }),
  ]
  const queue = async (QueueName: string) =>
    (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? ''
  const [ears, deadLetters] = [await queue('ears'), await queue('dead-letters')]
  await events.send(new CreateEventBusCommand({ Name: bus }))
  const EventPattern = JSON.stringify({ source: ['portcullis'] })
  await events.send(new PutRuleCommand({ Name: 'ears', EventBusName: bus, EventPattern }))
  const Arn = `arn:aws:sqs:us-east-1:123456789012:ears`
  await events.send(
    new PutTargetsCommand({ Rule: 'ears', EventBusName: bus, Targets: [{ Id: 'ears', Arn }] }),
  )
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  const TableName = 'portcullis-test-journal'
  const table = new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...keys })
  await dynamodb.send(table)
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: tap.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_MAX_ATTEMPTS: '1',
    AWS_S3_FORCE_PATH_STYLE: 'true',
    PORTCULLIS_TABLE: TableName,
    PORTCULLIS_BUS: bus,
    PORTCULLIS_DEAD_LETTERS: deadLetters.replace(/^http:\/\/[^/]+/, tap.url),
    PORTCULLIS_LOG_BUCKET: bucket,
  })

  async function take(QueueUrl: string): Promise<string[]> {
    const taken: string[] = []
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      )
      if (Messages.length === 0) return taken
      for (const { Body = '', ReceiptHandle } of Messages) {
        taken.push(Body)
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
      }
    }
  }

  const site: Site = {
    tap,
    endpoint: emulators.ministack,
    async reset() {
      await tap.mend()
      forgetSuppressed()
      await dynamodb.send(new DeleteTableCommand({ TableName }))
      await dynamodb.send(table)
      await Promise.all([take(ears), take(deadLetters)])
    },
    put: async (Key, Body) => void (await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))),
    give: (input) => handler(input),
    heard: async () => (await take(ears)).map((body) => JSON.parse(body).detail),
    deadLetters: async () => (await take(deadLetters)).map((body) => JSON.parse(body)),
    async written() {
      const { Items = [] } = await documents.send(new ScanCommand({ TableName, ConsistentRead: true }))
      return Items.map((item) =>
        JSON.parse(JSON.stringify(item, (_, value) => (value instanceof Set ? [...value] : value))),
      )
    },
    async stop() {
      await tap.close()
      await emulators.stop()
    },
  }
  return site
}
