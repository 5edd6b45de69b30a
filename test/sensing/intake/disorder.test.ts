import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { sha256 } from '../../../lib/canonical.ts'
import { forgetSuppressed } from '../../../sensing/thresholds/suppression.ts'
import { answered, batch, called, logged, packed, start, stopped, subscription, times } from './given.ts'
import { startSite } from './site.ts'

const site = await startSite()
vi.spyOn(console, 'log').mockReturnValue()
beforeEach(() => site.reset())
afterAll(() => site.stop())

const thresholds = async () =>
  (await site.heard()).flatMap((one) =>
    one.type === 'ThresholdCrossed' ? [`${one.threshold} ${one.limit}`] : [],
  )
const chain = [
  called(0, 'ListFoundationModels'),
  called(60, 'GetFoundationModelAvailability'),
  called(120, 'PutFoundationModelEntitlement'),
  called(300, 'InvokeModel'),
]

test.each([
  ['backwards', [3, 2, 1, 0]],
  ['the last one first', [3, 0, 1, 2]],
  ['each twice', [0, 0, 1, 1, 2, 2, 3, 3]],
])('%s, each in its own batch: signalled once', async (_, order) => {
  for (const index of order) await site.give(batch(chain[index] as object))
  expect(await thresholds()).toEqual(['llmjacking-chain 1'])
})

test('facts that arrive an hour late are counted at their own time', async () => {
  const recent = times(2, (n) => called(3600 + n, 'Converse', { errorCode: 'AccessDenied' }))
  const early = times(4, (n) => called(n, 'Converse', { errorCode: 'AccessDenied' }))
  await site.give(batch(...early))
  await site.give(batch(...recent))
  expect(await thresholds()).toEqual([])
  await site.give(batch(called(300, 'Converse', { errorCode: 'AccessDenied' })))
  expect(await thresholds()).toEqual(['inference-denied 5'])
})

test('a batch that is delivered again, to another execution environment, signals nothing new', async () => {
  const all = batch(...times(6, (n) => called(n, 'Converse', { errorCode: 'AccessDenied' })))
  await site.give(all)
  forgetSuppressed()
  await site.give(all)
  expect(await thresholds()).toEqual(['inference-denied 5'])
})

test('a signal that was not recorded as sent is sent again, with the same id', async () => {
  const all = batch(...times(5, (n) => called(n, 'Converse', { errorCode: 'AccessDenied' })))
  site.tap.answer((call) => call.action === 'dynamodb:UpdateItem' && call.body.includes('told'), 'no answer')
  await expect(site.give(all)).rejects.toThrow()
  await site.tap.mend()
  forgetSuppressed()
  await site.give(all)
  const [first, second] = await site.heard()
  expect(first?.type).toBe('ThresholdCrossed')
  expect(second).toEqual(first)
})

test('only an unreadable message is retried', async () => {
  const bad = called(0, 'InvokeModel', { eventTime: 'yesterday' })
  const input = batch(chain[0] as object, bad, 'no JSON', ...chain.slice(1))
  expect(await site.give(input)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm-1' }, { itemIdentifier: 'm-2' }],
  })
  expect(await thresholds()).toEqual(['llmjacking-chain 1'])
})

test('an unreadable record of a log is dead-lettered as a pointer, and does not block the others', async () => {
  const text = '{"schemaType":"ModelInvocationLog","input":"CANARY"'
  const all = times(3, (n) => stopped(n, 'u-17'))
  await site.give(subscription(...all.slice(0, 2), text, ...all.slice(2)))
  expect(await thresholds()).toEqual(['end-user-attacks 3'])
  const where = '/bedrock/invocations:aws/bedrock/modelinvocations'
  const broken = {
    where,
    id: 'event-2',
    sha256: sha256(text),
    length: text.length,
    error: expect.any(String),
  }
  expect(await site.deadLetters()).toEqual([{ function: 'sense', broken: [broken] }])
})

test('the control message of a subscription changes nothing', async () => {
  const payload = { messageType: 'CONTROL_MESSAGE', logEvents: [{ id: '', message: 'CWL CONTROL MESSAGE' }] }
  await site.give(packed(payload))
  await site.give(packed({ ...payload, owner: 'CloudwatchLogs' }))
  expect([await site.written(), await site.deadLetters()]).toEqual([[], []])
})

test('a corrupt batch of a subscription is dead-lettered and not retried', async () => {
  await site.give({ awslogs: { data: 'H4sIAAAAAAAAbroken' } })
  expect(await site.deadLetters()).toMatchObject([{ broken: [{ id: 'whole' }] }])
})

test('if the signals cannot be sent, the whole batch is retried', async () => {
  site.tap.answer('events:PutEvents', 'no answer')
  await expect(site.give(batch(...chain))).rejects.toThrow()
  await site.tap.mend()
  await site.give(batch(...chain))
  expect(await thresholds()).toEqual(['llmjacking-chain 1'])
})

test('a sum continues when its slice is full', async () => {
  const spent = (n: number) =>
    logged(n % 300, {
      requestMetadata: { sessionId: 'chat-7' },
      output: { outputBodyJson: { ...answered(), usage: { inputTokens: 50, outputTokens: 50 } } },
    })
  const levels = async () => (await site.heard()).map((one) => one.type === 'BudgetBreach' && one.level)
  await site.give(subscription(...times(1200, spent)))
  await site.give(subscription(...times(1200, spent)))
  expect(await levels()).toEqual([])
  await site.give(subscription(...times(101, spent)))
  expect(await levels()).toEqual(['soft'])
})

test('facts on both sides of a slice boundary are counted together', async () => {
  const edge = 600 - (start % 600)
  const denied = (second: number) => called(edge + second, 'Converse', { errorCode: 'AccessDenied' })
  await site.give(batch(denied(-120), denied(-60), denied(-1)))
  await site.give(batch(denied(1), denied(60)))
  expect(await thresholds()).toEqual(['inference-denied 5'])
  await site.reset()
  await site.give(batch(denied(1), denied(60)))
  await site.give(batch(denied(-120), denied(-60), denied(-1)))
  expect(await thresholds()).toEqual(['inference-denied 5'])
})

test('a time in the future is replaced by the present', async () => {
  const later = (n: number) => new Date(Date.parse('2099-01-01T00:00:00Z') + n * 3_600_000).toISOString()
  const denied = times(5, (n) => called(0, 'Converse', { errorCode: 'AccessDenied', eventTime: later(n) }))
  await site.give(batch(...denied))
  const [told] = await site.heard()
  expect(told).toMatchObject({ type: 'ThresholdCrossed', count: 5 })
  expect(Math.abs(Date.parse(told?.time ?? '') - Date.now())).toBeLessThan(60_000)
})

test('the table does not contain the names of users', async () => {
  await site.give(subscription(stopped(0, 'u-17')))
  await site.give(batch(...chain))
  const written = JSON.stringify(await site.written())
  expect(written).toContain('window#end-user-attacks#')
  expect(written).not.toMatch(/u-17|indexer|ASIA|111122223333/)
})

test('a flood by one caller is signalled once, and costs a few writes', async () => {
  const batches = times(20, (n) => batch(...times(500, (m) => called(n * 2 + (m % 2), 'InvokeModel'))))
  const { calls } = await site.tap.during(async () => {
    for (const one of batches) await site.give(one)
  })
  expect(await thresholds()).toEqual(['inference-volume 500'])
  const writes = calls.filter(({ action }) => action === 'dynamodb:UpdateItem')
  // 40 s of calls, in stages of 10 s, for two thresholds; and one counter that is suppressed.
  expect(writes.length).toBeLessThanOrEqual(2 * 5 + 2)
})
