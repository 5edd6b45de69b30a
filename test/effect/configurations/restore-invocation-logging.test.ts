import {
  BedrockClient,
  GetModelInvocationLoggingConfigurationCommand,
  type LoggingConfig,
  PutModelInvocationLoggingConfigurationCommand,
} from '@aws-sdk/client-bedrock'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { partsOfLogging } from '../../../playbooks/configurations/logging-strength.ts'
import { restoreInvocationLogging } from '../../../playbooks/configurations/restore-invocation-logging.ts'
import { startCloud } from '../../cloud.ts'
import { sign } from '../../scenes/configurations/baseline-parts.ts'
import { logged } from '../../scenes/configurations/restore-invocation-logging.ts'
import { doorOf } from '../attacker.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

const door = doorOf(restoreInvocationLogging)
const set = (loggingConfig: LoggingConfig) =>
  new BedrockClient({}).send(new PutModelInvocationLoggingConfigurationCommand({ loggingConfig }))
const present = async () =>
  (await new BedrockClient({}).send(new GetModelInvocationLoggingConfigurationCommand({}))).loggingConfig

beforeEach(async () => {
  await cloud.reset()
  await sign({ kind: 'invocation-logging', document: partsOfLogging(logged) })
})

const { cloudWatchConfig, ...objects } = logged
const { s3Config: _, ...stream } = logged

test.each<[string, LoggingConfig]>([
  ['goes to another bucket', { ...logged, s3Config: { bucketName: 'elsewhere', keyPrefix: 'all' } }],
  [
    'is written as another role',
    { ...logged, cloudWatchConfig: { ...cloudWatchConfig, roleArn: 'arn:aws:iam::123456789012:role/x' } },
  ],
  ['no longer goes to CloudWatch', objects],
  ['no longer goes to S3', stream],
  ['leaves out the text', { ...logged, textDataDeliveryEnabled: false }],
])('a log that %s has its signed destinations again until the release', async (_how, weakened) => {
  await set(weakened)
  const contained = await door.contain({})
  expect(contained.status, contained.why).toBe('contained')
  expect(await present()).toEqual(logged)
  expect((await door.release(contained)).status).toBe('released')
  expect(await present()).toEqual(weakened)
})

test('a log of more data than the baseline is kept, also when other parts are restored', async () => {
  const more = { ...logged, audioDataDeliveryEnabled: true }
  await set(more)
  expect(await door.contain({})).toMatchObject({
    status: 'observed',
    why: 'There is nothing left to change.',
  })
  await set({ ...more, textDataDeliveryEnabled: false })
  expect((await door.contain({})).status).toBe('contained')
  expect(await present()).toEqual(more)
})
