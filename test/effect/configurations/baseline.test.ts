import { BedrockClient, GetModelInvocationLoggingConfigurationCommand } from '@aws-sdk/client-bedrock'
import {
  type AttributeValue,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { baselineOf, writeBaseline } from '../../../playbooks/configurations/baseline.ts'
import { partsOfLogging } from '../../../playbooks/configurations/logging-strength.ts'
import { restoreInvocationLogging } from '../../../playbooks/configurations/restore-invocation-logging.ts'
import { account, region, startCloud } from '../../cloud.ts'
import { sign } from '../../scenes/configurations/baseline-parts.ts'
import { logged } from '../../scenes/configurations/restore-invocation-logging.ts'
import { doorOf } from '../attacker.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

type Item = Record<string, AttributeValue>

const door = doorOf(restoreInvocationLogging)
const kind = 'invocation-logging'
const document = partsOfLogging(logged)
const place = { kind, account, region } as const

beforeEach(async () => {
  await cloud.reset()
  await sign({ kind, document })
})

async function items(): Promise<Item[]> {
  const all = new ScanCommand({ TableName: process.env.PORTCULLIS_TABLE })
  return (await new DynamoDBClient({}).send(all)).Items ?? []
}

/** Replaces the baseline, as an attacker with write access to the journal would. */
async function replace(change: (item: Item) => Item | undefined): Promise<void> {
  const dynamodb = new DynamoDBClient({})
  const TableName = process.env.PORTCULLIS_TABLE
  const found = await items()
  for (const { pk = { S: '' }, sk = { S: '' } } of found)
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: { pk, sk } }))
  for (const item of found) {
    const Item = change(item)
    if (Item) await dynamodb.send(new PutItemCommand({ TableName, Item }))
  }
}

async function nothingIsDone(why: RegExp) {
  const { calls, result } = await cloud.tap.during(() => door.contain({}))
  expect(result).toMatchObject({ value: { status: 'guarded', why: expect.stringMatching(why) } })
  expect(calls.filter(({ service, write }) => service === 'bedrock' && write)).toEqual([])
  const { loggingConfig } = await new BedrockClient({}).send(
    new GetModelInvocationLoggingConfigurationCommand({}),
  )
  expect(loggingConfig).toEqual({})
}

const weak: AttributeValue = { S: JSON.stringify({ delivery: { textDataDeliveryEnabled: false } }) }

test('a signed baseline is accepted, and the item has the signer', async () => {
  expect(JSON.parse(await baselineOf(place))).toEqual(document)
  expect(await items()).toMatchObject([
    {
      pk: { S: `baseline#${kind}#${account}#${region}` },
      sk: { S: 'current' },
      by: { S: 'maria@example.com' },
    },
  ])
})

test.each<[string, (item: Item) => Item | undefined, RegExp]>([
  [
    'no baseline',
    () => undefined,
    /A baseline of invocation-logging in 123456789012, us-east-1 does not exist/,
  ],
  ['an unsigned baseline', ({ mac: _, ...item }) => item, /does not match its signature/],
  ['an altered baseline', (item) => ({ ...item, document: weak }), /does not match its signature/],
  ['an empty signature', (item) => ({ ...item, mac: { S: '' } }), /does not match its signature/],
  ['invalid JSON', (item) => ({ ...item, document: { S: '{' } }), /does not match its signature/],
])('%s is refused', async (_name, change, why) => {
  await replace(change)
  await nothingIsDone(why)
})

test('a baseline of another Region is refused', async () => {
  await writeBaseline({ ...place, region: 'eu-west-1', document: JSON.parse(weak.S), by: 'mallory' })
  await replace((item) =>
    item.pk?.S?.endsWith('eu-west-1')
      ? { ...item, pk: { S: `baseline#${kind}#${account}#${region}` } }
      : undefined,
  )
  await nothingIsDone(/does not match its signature/)
})

test('a baseline that another key signed is refused', async () => {
  const hmac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } as const
  const { KeyMetadata } = await new KMSClient({}).send(new CreateKeyCommand(hmac))
  process.env.PORTCULLIS_BASELINE_KEY = KeyMetadata?.KeyId
  await nothingIsDone(/does not match its signature/)
})

test('without a key every baseline is refused', async () => {
  delete process.env.PORTCULLIS_BASELINE_KEY
  await nothingIsDone(/PORTCULLIS_BASELINE_KEY is not set/)
})
