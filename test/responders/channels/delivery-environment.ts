import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { keys } from '../../../infrastructure/stack/data/journal.ts'
import { startEmulators } from '../../../local/emulators.ts'
import { type ReceivedMail, readBox } from '../../../local/mail/box.ts'
import { verifyDomain } from '../../../local/mail/verify.ts'
import { type AlertMail, AlertsReader } from '../../../local/replay/mail.ts'
import { type LocalSlack, startSlack } from '../../../local/slack/start.ts'
import { announce } from '../../../responders/channels/announce.ts'
import type { MessageRow } from '../../../responders/channels/row.ts'
import { forgetParameters } from '../../../responders/channels/secrets.ts'
import type { Routing } from '../../../responders/routing.ts'

const region = 'us-east-1'
export const prefix = 'portcullis-test'

type Item = { pk: string; sk: string }
type Slack = LocalSlack<'maria' | 'lee' | 'sam', 'sec-oncall' | 'sec-feed'>

/** Everything `announce` needs: journal, Slack, mail, SNS topic, retry queue, and a routing that uses them all. */
export interface DeliveryEnvironment {
  slack: Slack
  /** Writes a record to the journal and returns its stream record. */
  write<T extends Item>(item: T): Promise<DynamoDBRecord>
  /** Invokes the function with a batch and returns the identifiers of the failed records. */
  announce(...records: DynamoDBRecord[]): Promise<string[]>
  digest(): Promise<void>
  /** The stream record of each notice in the journal. */
  noticed(): Promise<DynamoDBRecord[]>
  /** Runs all tasks of the retry queue, due or not, and returns the delay of each in seconds. */
  retry(): Promise<number[]>
  row(incident: string, channel: string): Promise<MessageRow | undefined>
  texts(): Promise<AlertMail[]>
  mails(): Promise<ReceivedMail[]>
  /** Changes the routing; the token stays the same unless given. */
  install(routing: Partial<Routing>, token?: string): Promise<void>
  stop(): Promise<void>
}

export async function startDelivery(): Promise<DeliveryEnvironment> {
  const [emulators, slack] = await Promise.all([startEmulators(), startSlack()])
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: emulators.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    PORTCULLIS_PREFIX: prefix,
    PORTCULLIS_TABLE: prefix,
    PORTCULLIS_REVIEW: 'https://portcullis.example.com',
  })
  const table = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  // Queue URLs name the emulator's own port: the router is on another.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
  const ssm = new SSMClient({})
  await table.send(
    new CreateTableCommand({
      TableName: prefix,
      BillingMode: 'PAY_PER_REQUEST',
      ...keys,
    } as CreateTableCommandInput),
  )
  const { TopicArn = '' } = await new SNSClient({}).send(new CreateTopicCommand({ Name: prefix }))
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: prefix }))
  const { KeyMetadata } = await new KMSClient({}).send(
    new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
  )
  Object.assign(process.env, {
    PORTCULLIS_TOPIC: TopicArn,
    PORTCULLIS_RETRY: QueueUrl,
    PORTCULLIS_LINK_KEY: KeyMetadata?.KeyId,
  })
  const inbox = new AlertsReader(TopicArn)
  await inbox.subscribe()
  await verifyDomain('example.com')

  let sequence = 0
  const put = (name: string, Value: string) =>
    ssm.send(new PutParameterCommand({ Name: `/${prefix}/${name}`, Value, Type: 'String', Overwrite: true }))
  const items = async () =>
    (await table.send(new ScanCommand({ TableName: prefix, ConsistentRead: true }))).Items as Item[]
  const recordOf = (item: Item, eventName: 'INSERT' | 'MODIFY'): DynamoDBRecord => ({
    eventName,
    dynamodb: {
      SequenceNumber: String(++sequence),
      NewImage: marshall(item, { removeUndefinedValues: true }) as never,
    },
  })

  const delivery: DeliveryEnvironment = {
    slack,
    async write(item) {
      const Item = JSON.parse(JSON.stringify(item))
      await table.send(new PutCommand({ TableName: prefix, Item }))
      return recordOf(Item, 'MODIFY')
    },
    announce: async (...Records) =>
      (await announce({ Records })).batchItemFailures.map((one) => one.itemIdentifier),
    digest: async () => void (await announce({ digest: true })),
    noticed: async () => (await items()).filter(isNotice).map((item) => recordOf(item, 'INSERT')),
    async retry() {
      const queued = await queuedTasks()
      await sqs.send(new PurgeQueueCommand({ QueueUrl }))
      const Records = queued.map(({ body }, place) => ({ messageId: String(place), body }))
      const { batchItemFailures } = await announce({ Records })
      if (batchItemFailures.length > 0) throw new Error('A retry could be neither made nor scheduled again.')
      return queued.map(({ seconds }) => seconds)
    },
    row: async (incident, channel) =>
      (await items()).find(({ pk, sk }) => pk === `incident#${incident}` && sk === `message#${channel}`) as
        | (Item & MessageRow)
        | undefined,
    texts: () => inbox.read(),
    mails: () => readBox(emulators.ministack),
    async install(routing, token = slack.token) {
      await put('stage', JSON.stringify({ ...routingOf(slack), ...routing }))
      await put('slack-token', token)
      forgetParameters()
    },
    async stop() {
      await Promise.all([slack.stop(), emulators.stop()])
    },
  }
  await delivery.install({})
  return delivery

  // SQS does not return delayed messages, so the emulator is asked.
  async function queuedTasks(): Promise<{ body: string; seconds: number }[]> {
    const answer = await fetch(`${emulators.ministack}/_ministack/sqs/messages`)
    const { messages } = (await answer.json()) as Queues
    const queues = Object.values(messages).flatMap((regions) => Object.values(regions))
    return queues
      .flatMap((named) => Object.entries(named))
      .filter(([url]) => url.endsWith(`/${prefix}`))
      .flatMap(([, queue]) => queue)
      .map(({ Body, VisibleAt, SentTimestamp }) => ({ body: Body, seconds: VisibleAt - SentTimestamp }))
  }
}

interface Queues {
  messages: Record<
    string,
    Record<string, Record<string, { Body: string; VisibleAt: number; SentTimestamp: number }[]>>
  >
}

const isNotice = ({ pk, sk }: Item) => pk.startsWith('notice#') && sk === 'current'

/** Maria and Lee are on call: high severities mention them, the rest goes to the feed. */
const routingOf = ({ api, users, channels }: Slack): Routing => ({
  people: [
    { name: 'maria', email: 'maria@example.com', slack: users.maria, iam: [] },
    { name: 'lee', email: 'lee@example.com', slack: users.lee, iam: [] },
  ],
  groups: { 'sec-oncall': { members: ['maria', 'lee'], slack: 'S0SECONCALL' } },
  approvers: ['sec-oncall'],
  slack: {
    api,
    routes: [
      { channel: channels['sec-oncall'], from: 'high', mention: 'sec-oncall' },
      { channel: channels['sec-feed'], from: 'low' },
    ],
  },
  mail: { sender: 'portcullis@example.com', routes: [{ to: ['sec-oncall'], from: 'high' }] },
  sns: { from: 'low' },
})
