import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { keys } from '../../../infrastructure/stack/data/journal.ts'
import { denyInferencePolicy } from '../../../infrastructure/stack/permissions/member.ts'
import { type Emulators, startEmulators } from '../../../local/emulators.ts'
import { localAccount, localRegion, mustBeEmpty, pointAt } from '../../../local/local-account.ts'
import { openMail, type Responders, startResponders } from '../../../local/responders.ts'
import { seed } from '../../../local/seed/account.ts'
import { seedPolicies } from '../../../local/seed/people.ts'
import type { Seeded } from '../../../local/seed/seeded.ts'
import { type Bounds, devEnvironment, names, prefix } from './environment.ts'

/** The AWS of a live loop: an account worth defending, what the stack would have deployed but its functions, people. */
export interface DevPlace {
  emulators: Emulators
  seeded: Seeded
  responders: Responders
  /** Of the processes that stand for the functions. */
  environment: Record<string, string>
  stop(): Promise<void>
}

/** Starts it on loopback and points this process at it. Throws when an emulator cannot be started; nothing is left then. */
export async function openPlace(bounds: Bounds): Promise<DevPlace> {
  let emulators: Emulators | undefined
  const mail = await openMail(() => emulators)
  try {
    emulators = await startEmulators({ env: mail.env })
  } catch (error) {
    await mail.close()
    throw error
  }
  const { stop, url } = emulators
  try {
    pointAt(url)
    // What this process sends, too, is remembered with its headers.
    Object.assign(process.env, mail.env)
    await mustBeEmpty(emulators)
    const [responders, seeded] = await Promise.all([
      // There is no API: nobody decides on a page here.
      startResponders(emulators, 'none', mail),
      seed(localAccount, localRegion),
      furnish(),
    ])
    const environment = { ...ofAws(), ...devEnvironment(bounds, url) }
    return {
      emulators,
      seeded,
      responders,
      environment,
      stop: async () => void (await Promise.all([responders.stop(), stop()])),
    }
  } catch (error) {
    await Promise.all([mail.close(), stop()])
    throw error
  }
}

/** What this process knows of AWS: this one, and no other. */
const ofAws = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value = '']) =>
      name.startsWith('AWS_') ? [[name, value]] : [],
    ),
  )

/** What the functions work with, by the stack's own definitions where they have any. */
async function furnish(): Promise<void> {
  const sqs = new SQSClient({})
  const policies = Object.values(denyInferencePolicy(prefix)).map(({ Properties: it = {} }) => it)
  await Promise.all([
    new DynamoDBClient({}).send(
      new CreateTableCommand({ TableName: names.table, BillingMode: 'PAY_PER_REQUEST', ...keys }),
    ),
    new SchedulerClient({}).send(new CreateScheduleGroupCommand({ Name: prefix })),
    new SNSClient({}).send(new CreateTopicCommand({ Name: names.topic })),
    ...[names.clock, names.deadLetters].map((QueueName) => sqs.send(new CreateQueueCommand({ QueueName }))),
    seedPolicies(
      new Map(
        policies.map(({ ManagedPolicyName, PolicyDocument }) => [String(ManagedPolicyName), PolicyDocument]),
      ),
    ),
  ])
}
