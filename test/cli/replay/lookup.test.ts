import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lookup, lookUpEvents, lookupOf } from '../../../cli/replay/read/lookup.ts'
import type { Rule } from '../../../engine/rule.ts'
import { type Emulators, startEmulators } from '../../../local/emulators.ts'
import { rules } from '../../../rules/index.ts'
import { portcullis } from '../shell.ts'

const [first] = rules
const asking = (...details: object[]) =>
  lookupOf(
    details.map((detail) => ({
      ...(first as Rule),
      when: { 'detail-type': ['AWS API Call via CloudTrail'], detail },
    })),
  )

describe('what is looked up', () => {
  it('is what the rules name: calls, and services of which any call may be meant', () => {
    const bedrock = ['bedrock.amazonaws.com']
    const named = { eventSource: ['iam.amazonaws.com'], eventName: ['CreateUser', 'AttachUserPolicy'] }
    expect(asking(named)).toEqual({ sources: [], names: ['AttachUserPolicy', 'CreateUser'] })
    expect(
      asking(
        named,
        { eventSource: bedrock, eventName: [{ prefix: 'Put' }] },
        { eventSource: bedrock, eventName: ['X'] },
      ),
    ).toEqual({ sources: bedrock, names: ['AttachUserPolicy', 'CreateUser'] })
  })

  it('is everything when a rule matches calls of any service', () => {
    expect(asking({ eventName: [{ prefix: 'Put' }] })).toBeUndefined()
  })

  it('is nothing for rules about findings', () => {
    const about = rules.filter(({ name }) => name === 'guardduty-model-abuse')
    expect(lookupOf(about)).toEqual({ sources: [], names: [] })
  })
})

describe('the event history of an account', () => {
  let emulators: Emulators<'ministack'>
  beforeAll(async () => {
    emulators = await startEmulators({ only: 'ministack', env: { CLOUDTRAIL_RECORDING: '1' } })
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: emulators.ministack,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    })
    for (let at = 0; at < 3; at++) await new DynamoDBClient({}).send(new ListTablesCommand({}))
    await new SQSClient({}).send(new ListQueuesCommand({}))
  })
  afterAll(() => emulators?.stop())

  it('is replayed, and its limits are printed', async () => {
    const env = { AWS_ENDPOINT_URL: emulators.ministack }
    const { code, out, err } = await portcullis(['replay', '--since', '1d'], env)
    expect(code).toBe(0)
    expect(err).toContain('no data events')
    expect(err).toContain('no findings')
    expect(out).toMatch(/^\d+ records in .* 0 unreadable$/m)
  })

  it('is looked up by source and by name, and no call is returned twice', async () => {
    const namesBy = async (wanted: Lookup | undefined) => {
      const found = []
      for await (const { raws } of lookUpEvents(new Date(Date.now() - 60_000), wanted)) found.push(...raws)
      return found.map((raw) => ('text' in raw ? JSON.parse(raw.text).eventName : raw.problem)).sort()
    }
    const tables = Array(3).fill('ListTables')
    expect(await namesBy({ sources: [], names: ['ListTables'] })).toEqual(tables)
    expect(await namesBy({ sources: ['dynamodb.amazonaws.com'], names: ['ListTables'] })).toEqual(tables)
    expect(await namesBy(undefined)).toEqual(expect.arrayContaining(['ListQueues', ...tables]))
  })

  it('exits with 6 without credentials', async () => {
    const withoutCredentials = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }
    expect((await portcullis(['replay', '--since', '1d'], withoutCredentials)).code).toBe(6)
  })
})
