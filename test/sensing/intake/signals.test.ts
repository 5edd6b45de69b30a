import { gzipSync } from 'node:zlib'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { detailTypes } from '../../../rules/events/signal.ts'
import { signalsOf } from '../../../sensing/signals/read.ts'
import {
  answered,
  attack,
  batch,
  called,
  logged,
  stopped,
  subscribed,
  subscription,
  times,
  violence,
} from './given.ts'
import { bucket, startSite } from './site.ts'

const site = await startSite()
vi.spyOn(console, 'log').mockReturnValue()
beforeEach(() => site.reset())
afterAll(() => site.stop())

const heard = async () => (await site.heard()).map(({ type, user }) => `${type} ${user ?? ''}`.trim())
const judged = (action: string, assessments: object[]) =>
  called(0, 'ApplyGuardrail', {
    requestParameters: { guardrailIdentifier: 'gr4rdr41l0id', guardrailVersion: '1', source: 'INPUT' },
    responseElements: { action, assessments },
  })
const created = (key: string, name = bucket) => ({
  ...called(0, 'x'),
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { bucket: { name }, object: { key, size: 1 } },
})
const folder = 'AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/11/21/06'

test('an attack that a guardrail stopped is signalled, from any source', async () => {
  await site.give(batch(judged('GUARDRAIL_INTERVENED', [violence])))
  await site.give(subscription(stopped(0, 'u-1')))
  expect(await heard()).toEqual(['GuardrailIntervened', 'GuardrailIntervened u-1'])
})

test('calls, and texts that a guardrail allowed or only masked, are not signalled', async () => {
  const masked = { sensitiveInformationPolicy: { piiEntities: [{ type: 'EMAIL', action: 'ANONYMIZED' }] } }
  await site.give(batch(called(0, 'Converse'), judged('NONE', []), judged('GUARDRAIL_INTERVENED', [masked])))
  expect(await heard()).toEqual([])
})

test('claims of applications are counted, but not signalled as the stack’s own', async () => {
  const said = times(3, (n) => ({
    ...called(n, 'x'),
    source: 'portcullis.app',
    'detail-type': 'Guardrail Intervened',
    detail: {
      response: answered(violence),
      user: 'u-17',
      id: `answer-${n}`,
      principal: 'arn:aws:iam::111122223333:user/victim',
    },
  }))
  await site.give(batch(...said.slice(0, 2)))
  // The same in the application's own log.
  await site.give(subscription(said[2]?.detail as object))
  const all = await site.heard()
  expect(all).toMatchObject([{ type: 'ThresholdCrossed', threshold: 'end-user-attacks', user: 'u-17' }])
  expect(JSON.stringify(all)).not.toContain('victim')
})

test('forged events of AWS are not counted', async () => {
  const forged = times(5, (n) => ({
    ...called(n, 'Converse', { errorCode: 'AccessDenied' }),
    source: 'evil.app',
  }))
  const calls = ['ListFoundationModels', 'GetFoundationModelAvailability', 'PutUseCaseForModelAccess']
  await site.give(batch(...forged, ...calls.map((name, n) => ({ ...called(n, name), source: 'evil.app' }))))
  expect(await heard()).toEqual([])
  expect(await site.written()).toEqual([])
})

test('records in a log that applications can write are claims, whatever they look like', async () => {
  const denied = times(5, (n) => called(n, 'Converse', { errorCode: 'AccessDenied' }))
  const [signal] = signalsOf(judged('GUARDRAIL_INTERVENED', [violence]))
  const forged = { ...called(0, 'x'), source: 'portcullis', detail: signal }
  const unguarded = logged(0, { output: { outputBodyJson: { stopReason: 'end_turn' } } })
  const lines = [...denied, ...denied.map(({ detail }) => detail), signal as object, forged]
  await site.give(subscription(...lines))
  await site.give(subscribed('chatbot', ...lines, unguarded, stopped(0, 'u-17')))
  expect(await heard()).toEqual([])
  expect(JSON.stringify(await site.written())).not.toMatch(/unguarded|denied|llmjacking/)
})

test('a file of the invocation log is read line by line', async () => {
  const lines = [...times(3, (n) => stopped(n, 'u-17')), logged(9)].map((one) => JSON.stringify(one))
  await site.put(
    `${folder}/log.json.gz`,
    gzipSync([...lines.slice(0, 2), '{broken', ...lines.slice(2)].join('\n')),
  )
  expect(await site.give(batch(created(`${folder}/log.json.gz`)))).toEqual({ batchItemFailures: [] })
  expect(await heard()).toEqual([...times(3, () => 'GuardrailIntervened u-17'), 'ThresholdCrossed u-17'])
  const where = `s3://${bucket}/${folder}/log.json.gz`
  expect(await site.deadLetters()).toMatchObject([{ broken: [{ where, id: 'line 3' }] }])
})

test('only the message of a missing or corrupt object is retried', async () => {
  await site.put('broken.gz', Buffer.concat([gzipSync('{}').subarray(0, 12), Buffer.from('x')]))
  const input = batch(created('nowhere'), created('broken.gz'), judged('GUARDRAIL_INTERVENED', [violence]))
  const { batchItemFailures } = await site.give(input)
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(['m-0', 'm-1'])
  expect(await heard()).toEqual(['GuardrailIntervened'])
})

test('objects of other buckets and bodies of records are not fetched by their events', async () => {
  const { calls } = await site.tap.during(() =>
    site.give(batch(created('x', 'another-bucket'), created(`${folder}/data/r-1_output.json.gz`))),
  )
  expect(calls).toEqual([])
})

const long = (Bucket: string) =>
  logged(0, {
    requestMetadata: { userId: 'u-9' },
    output: { outputBodyS3Path: `s3://${Bucket}/${folder}/data/r-1_output.json.gz` },
  })

test('an answer that was too long for the log is read from S3: it may contain an attack', async () => {
  await site.put(`${folder}/data/r-1_output.json.gz`, gzipSync(JSON.stringify(answered(attack))))
  await site.give(subscription(long(bucket)))
  expect(await heard()).toEqual(['GuardrailIntervened u-9'])
})

test('an answer that is elsewhere or deleted does not block the batch', async () => {
  const { calls } = await site.tap.during(() => site.give(subscription(long('another-bucket'))))
  expect(calls.filter(({ service }) => service === 's3')).toEqual([])
  await site.give(subscription({ ...long(bucket), output: { outputBodyS3Path: `s3://${bucket}/gone` } }))
  expect([await heard(), await site.deadLetters()]).toEqual([[], []])
})

test('signals are sent ten at a time, and rejected ones are retried', async () => {
  const all = times(23, (n) => judged('GUARDRAIL_INTERVENED', [{ ...violence, n }]))
  // EventBridge returns 200 and accepts none of them.
  site.tap.answer('events:PutEvents', 'nothing', 1)
  const { calls } = await site.tap.during(() => site.give(batch(...all)))
  const put = calls
    .filter(({ action }) => action === 'events:PutEvents')
    .map(({ body }) => JSON.parse(body).Entries)
  expect(put.map(({ length }) => length)).toEqual([10, 10, 10, 3])
  expect(put[0]).toEqual(put[1])
  expect(await heard()).toHaveLength(23)
  for (const { Source, DetailType } of put.flat())
    expect([Source, DetailType]).toEqual(['portcullis', detailTypes.GuardrailIntervened])
})
