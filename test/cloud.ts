import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Containment, Notice } from '../engine/journal/record.ts'
import { keys } from '../infrastructure/stack/data/journal.ts'
import { startGuardrails } from '../local/guardrails/start.ts'
import { borrowMoto } from './shared-moto.ts'
import { openTap, type Tap } from './tap.ts'

export const account = '123456789012'
export const region = 'us-east-1'
export const prefix = 'portcullis-test'

const journal = new CreateTableCommand({
  TableName: prefix,
  BillingMode: 'PAY_PER_REQUEST',
  ...keys,
})

/** An AWS account for one test file: moto behind a tap, with what the stack would have deployed. */
export interface Cloud {
  tap: Tap
  /** Empties the account, and creates journal, schedule group, topic and dead-letter queue; ends faults and cuts. */
  reset(): Promise<void>
  /** Empties journal and schedules. The rest of the account stays, and so do the signed baselines. */
  forget(): Promise<void>
  /** The current containments and the earlier ones. */
  containments(): Promise<Containment[]>
  notices(): Promise<Notice[]>
  /** How many containments were entered and counted against a budget. */
  entered(): Promise<number>
  /** The scheduled releases: schedule name, time and command. */
  bookings(): Promise<{ name: string; due: string; command: unknown }[]>
  /** Takes every message from the dead-letter queue. */
  deadLetters(): Promise<unknown[]>
  /** Turns the enforcement of IAM on or off (moto checks actions only, neither resources nor conditions). */
  enforce(on: boolean): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts the account and points this process at it, as the stack's environment would (engine/settings.ts). Every call of
 * the process goes through the tap, except those of the helpers here, which go to the emulator directly.
 */
export async function startCloud(environment: Record<string, string> = {}): Promise<Cloud> {
  const moto = await borrowMoto()
  const endpoint = moto.url
  const guardrails = await startGuardrails(endpoint)
  const tap = await openTap(endpoint, { bedrock: guardrails.url })
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: tap.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_EC2_METADATA_DISABLED: 'true',
    // The tests retry by themselves: a retry by the SDK would hide the effect of a crash.
    AWS_MAX_ATTEMPTS: '1',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    PORTCULLIS_PREFIX: prefix,
    PORTCULLIS_TABLE: prefix,
    PORTCULLIS_CEILING: 'contain',
    PORTCULLIS_BUDGET: '1000',
    PORTCULLIS_SCHEDULE_GROUP: prefix,
    PORTCULLIS_SCHEDULE_ROLE: `arn:aws:iam::${account}:role/${prefix}-law-scheduler`,
    PORTCULLIS_FUNCTION: `arn:aws:lambda:${region}:${account}:function:${prefix}-law`,
    PORTCULLIS_DEAD_LETTERS: `${tap.url}/${account}/${prefix}-dead-letters`,
    PORTCULLIS_DEAD_LETTERS_ARN: `arn:aws:sqs:${region}:${account}:${prefix}-dead-letters`,
    PORTCULLIS_TOPIC: `arn:aws:sns:${region}:${account}:${prefix}`,
    PORTCULLIS_ACCOUNT: account,
    PORTCULLIS_PLAYBOOKS: 'deny-inference',
    ...environment,
  })
  const direct = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const dynamodb = new DynamoDBClient(direct)
  const documents = DynamoDBDocumentClient.from(dynamodb)
  const scheduler = new SchedulerClient(direct)
  const sqs = new SQSClient(direct)
  const sns = new SNSClient(direct)
  const post = (path: string, body = '') => fetch(`${endpoint}/moto-api/${path}`, { method: 'POST', body })
  const never = '1e12'
  const empty = async () => {
    await post('reset-auth', never)
    await post('reset')
  }
  // Removes what the last borrower left.
  await empty()

  const items = async (kind: string) => {
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: prefix, ConsistentRead: true }))
    return Items.filter(({ pk }) => pk.startsWith(`${kind}#`))
  }

  return {
    tap,
    async reset() {
      await tap.mend()
      await empty()
      guardrails.reset()
      await Promise.all([
        dynamodb.send(journal),
        scheduler.send(new CreateScheduleGroupCommand({ Name: prefix })),
        sqs.send(new CreateQueueCommand({ QueueName: `${prefix}-dead-letters` })),
        sns.send(new CreateTopicCommand({ Name: prefix })),
      ])
      // A victim gets the same ids every time.
      await post('seed?a=1')
    },
    async forget() {
      const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({ GroupName: prefix }))
      const booked = Schedules.map(({ Name }) => new DeleteScheduleCommand({ Name, GroupName: prefix }))
      await Promise.all(booked.map((command) => scheduler.send(command)))
      const signed = await items('baseline')
      await dynamodb.send(new DeleteTableCommand({ TableName: prefix }))
      await dynamodb.send(journal)
      for (const Item of signed) await documents.send(new PutCommand({ TableName: prefix, Item }))
    },
    containments: async () => (await items('containment')) as unknown as Containment[],
    entered: async () => (await items('budget')).reduce((sum, { spent }) => sum + spent, 0),
    notices: async () => (await items('notice')) as unknown as Notice[],
    async bookings() {
      const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({ GroupName: prefix }))
      return Promise.all(
        Schedules.map(async ({ Name = '' }) => {
          const booked = await scheduler.send(new GetScheduleCommand({ Name, GroupName: prefix }))
          const due = booked.ScheduleExpression ?? ''
          return { name: Name, due, command: JSON.parse(booked.Target?.Input ?? 'null') }
        }),
      )
    },
    async deadLetters() {
      const QueueUrl = `${endpoint}/${account}/${prefix}-dead-letters`
      const taken: unknown[] = []
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
        )
        if (Messages.length === 0) return taken
        taken.push(...Messages.map(({ Body }) => JSON.parse(Body ?? 'null')))
      }
    },
    enforce: async (on) => void (await post('reset-auth', on ? '0' : never)),
    async stop() {
      await tap.close()
      await guardrails.close()
      await moto.giveBack()
    },
  }
}
