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

/** The local AWS of a live loop: a seeded account, the stack's resources except its functions, and local responders. */
export interface DevAccount {
  emulators: Emulators
  seeded: Seeded
  responders: Responders
  /** Environment of the processes that stand for the functions. */
  environment: Record<string, string>
  stop(): Promise<void>
}

/** Starts it on loopback and points this process at it. Throws when an emulator cannot be started, and cleans up before. */
export async function openDevAccount(bounds: Bounds): Promise<DevAccount> {
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
    // Mail sent by this process is recorded with its headers, too.
    Object.assign(process.env, mail.env)
    await mustBeEmpty(emulators)
    const [responders, seeded] = await Promise.all([
      // There is no API Gateway here: decisions are made by keys, not on a web page.
      startResponders(emulators, 'none', mail),
      seed(localAccount, localRegion),
      createResources(),
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

/** The AWS settings of this process, which point at the local AWS. */
const ofAws = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value = '']) =>
      name.startsWith('AWS_') ? [[name, value]] : [],
    ),
  )

/** Creates the resources that the functions need, from the stack's definitions where there are any. */
async function createResources(): Promise<void> {
  const sqs = new SQSClient({})
  const policies = Object.values(denyInferencePolicy(prefix)).map(({ Properties: it = {} }) => it)
  await Promise.all([
    new DynamoDBClient({}).send(
      new CreateTableCommand({ TableName: names.table, BillingMode: 'PAY_PER_REQUEST', ...keys }),
    ),
    new SchedulerClient({}).send(new CreateScheduleGroupCommand({ Name: prefix })),
    new SNSClient({}).send(new CreateTopicCommand({ Name: names.topic })),
    ...[names.scheduler, names.deadLetters].map((QueueName) =>
      sqs.send(new CreateQueueCommand({ QueueName })),
    ),
    seedPolicies(
      new Map(
        policies.map(({ ManagedPolicyName, PolicyDocument }) => [String(ManagedPolicyName), PolicyDocument]),
      ),
    ),
  ])
}
