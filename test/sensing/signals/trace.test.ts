import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Emulators, startEmulators } from '../../../local/emulators.ts'
import type { Signal } from '../../../rules/events/signal.ts'
import { tracer } from '../../../sdk/tracer.ts'
import { signalsOf } from '../../../sensing/signals/read.ts'
import { shapes } from './shapes.ts'

const bus = 'portcullis-test'
const principal = 'arn:aws:sts::111122223333:assumed-role/chat-app/chat-prod'
const policy = {
  topicPolicy: { topics: [{ name: 'canary', type: 'DENY', action: 'BLOCKED', detected: true }] },
}

let emulators: Emulators<'ministack'>
let client: EventBridgeClient
let sqs: SQSClient
let QueueUrl: string | undefined

// A bus whose events are all sent to a queue.
beforeAll(async () => {
  emulators = await startEmulators({ only: 'ministack' })
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const at = { endpoint: emulators.url, region: 'us-east-1', credentials, maxAttempts: 1 }
  client = new EventBridgeClient(at)
  sqs = new SQSClient(at)
  ;({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'heard' })))
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  )
  await client.send(new CreateEventBusCommand({ Name: bus }))
  const EventPattern = JSON.stringify({ source: ['portcullis.app'] })
  await client.send(new PutRuleCommand({ Name: 'all', EventBusName: bus, EventPattern }))
  const Targets = [{ Id: 'heard', Arn: Attributes?.QueueArn }]
  await client.send(new PutTargetsCommand({ Rule: 'all', EventBusName: bus, Targets }))
})
afterAll(() => emulators?.stop())

/** The events that the bus delivered since the last call. */
async function heard(): Promise<string[]> {
  const ask = { QueueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 }
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(ask))
  const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }))
  if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
  return Messages.map(({ Body = '' }) => Body)
}

test.each(['Converse', 'a Converse stream', 'ApplyGuardrail', 'an agent'])(
  'reports an intervention in %s, without its text, in a form that sensing reads',
  async (name) => {
    const trace = tracer({ bus, principal, client })
    expect(await trace(shapes[name]?.('INTERVENED', policy), { user: 'u-17' })).toEqual({ sent: 1 })
    const [event = '', ...rest] = await heard()
    expect(rest).toEqual([])
    expect(JSON.parse(event)).toMatchObject({
      source: 'portcullis.app',
      'detail-type': 'Guardrail Intervened',
    })
    expect(signalsOf(event)).toMatchObject([
      { origin: 'application', user: 'u-17', attack: true, principal: { name: 'role/chat-app' } },
    ])
    expect(event).not.toMatch(/canary|Sorry/)
  },
)

test("reads InvokeModel's answer as the SDK returns it", async () => {
  const body = Buffer.from(JSON.stringify(shapes.InvokeModel?.('INTERVENED', policy)))
  const answer = {
    body: new Uint8Array(body),
    contentType: 'application/json',
    $metadata: { requestId: 'r-1' },
  }
  expect(await tracer({ bus, client })(answer)).toEqual({ sent: 1 })
  expect((await heard()).flatMap(signalsOf)).toMatchObject([{ requestId: 'r-1', attack: true }])
})

test('sends nothing for calls without a detection, unless asked', async () => {
  expect(await tracer({ bus, client })(shapes.Converse?.('NONE'))).toEqual({ sent: 0 })
  expect(await tracer({ bus, client, everyCall: true })(shapes.Converse?.('NONE'))).toEqual({ sent: 1 })
  expect((await heard()).flatMap(signalsOf)).toMatchObject([{ type: 'ModelInvocationObserved' }])
})

test('even the largest answer fits into an event', async () => {
  const filters = Array.from({ length: 5000 }, (_, at) => ({
    type: `T${at}`,
    confidence: 'HIGH',
    action: 'BLOCKED',
  }))
  const answer = shapes.Converse?.('INTERVENED', { contentPolicy: { filters } })
  const whose = { user: 'x'.repeat(300_000), session: 'y'.repeat(300_000) }
  expect(await tracer({ bus, client })(answer, whose)).toEqual({ sent: 1 })
  const [event = ''] = await heard()
  expect(event.length).toBeLessThan(64 * 1024)
  expect(signalsOf(event)).toHaveLength(1)
})

test('two equal answers without a request id are two', async () => {
  const trace = tracer({ bus, client })
  for (const _ of [1, 2]) await trace(shapes.Converse?.('INTERVENED', policy))
  const ids = new Set((await heard()).flatMap(signalsOf).map((one: Signal) => one.id))
  expect(ids.size).toBe(2)
})

test.each([undefined, null, 7, 'text', [], {}, new Map(), Object.create(null)])(
  'never throws: given %o',
  async (answer) => {
    expect(await tracer({ bus, client })(answer)).toMatchObject({ sent: 0, error: expect.any(Error) })
  },
)

test('never throws when the endpoint does not answer', async () => {
  const dead = new EventBridgeClient({ endpoint: 'http://127.0.0.1:9', region: 'us-east-1', maxAttempts: 1 })
  const told = await tracer({ bus, client: dead })(shapes.Converse?.('INTERVENED', policy))
  expect(told).toMatchObject({ sent: 0, error: expect.any(Error) })
})

test('returns the error when EventBridge accepts the call but rejects the event', async () => {
  // No emulator rejects a single entry.
  const send = async () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] })
  const refusing = { send } as unknown as EventBridgeClient
  const told = await tracer({ bus, client: refusing })(shapes.Converse?.('INTERVENED', policy))
  expect(told).toMatchObject({ sent: 0, error: { message: expect.stringContaining('InternalFailure') } })
})

test('depends on the EventBridge client only', async () => {
  const entryPoints = [`${import.meta.dirname}/../../../sdk/tracer.ts`]
  const options = { bundle: true, write: false, metafile: true, platform: 'node', format: 'esm' } as const
  const { metafile } = await build({ ...options, entryPoints, packages: 'external' })
  const imports = Object.values(metafile.outputs).flatMap((one) => one.imports.map(({ path }) => path))
  expect(imports.filter((path) => !path.startsWith('node:'))).toEqual(['@aws-sdk/client-eventbridge'])
})
