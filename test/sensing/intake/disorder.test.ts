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
])('%s, each in a batch of its own: told once', async (_, order) => {
  for (const index of order) await site.give(batch(chain[index] as object))
  expect(await thresholds()).toEqual(['llmjacking-chain 1'])
})

test('what comes an hour late is counted where it belongs', async () => {
  const recent = times(2, (n) => called(3600 + n, 'Converse', { errorCode: 'AccessDenied' }))
  const early = times(4, (n) => called(n, 'Converse', { errorCode: 'AccessDenied' }))
  await site.give(batch(...early))
  await site.give(batch(...recent))
  expect(await thresholds()).toEqual([])
  await site.give(batch(called(300, 'Converse', { errorCode: 'AccessDenied' })))
  expect(await thresholds()).toEqual(['inference-denied 5'])
})

test('a batch that comes again, to another container, tells nothing anew', async () => {
  const all = batch(...times(6, (n) => called(n, 'Converse', { errorCode: 'AccessDenied' })))
  await site.give(all)
  forgetSuppressed()
  await site.give(all)
  expect(await thresholds()).toEqual(['inference-denied 5'])
})

test('what was not written down as told is told again, with the same id', async () => {
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

test('a message that cannot be read is the only one that comes again', async () => {
  const bad = called(0, 'InvokeModel', { eventTime: 'yesterday' })
  const input = batch(chain[0] as object, bad, 'no JSON', ...chain.slice(1))
  expect(await site.give(input)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm-1' }, { itemIdentifier: 'm-2' }],
  })
  expect(await thresholds()).toEqual(['llmjacking-chain 1'])
})

test('a record of a log that cannot be read is parked as a pointer, and holds up no other', async () => {
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

test('what a subscription asks to see whether anybody is there changes nothing', async () => {
  const payload = { messageType: 'CONTROL_MESSAGE', logEvents: [{ id: '', message: 'CWL CONTROL MESSAGE' }] }
  await site.give(packed(payload))
  await site.give(packed({ ...payload, owner: 'CloudwatchLogs' }))
  expect([await site.written(), await site.deadLetters()]).toEqual([[], []])
})

test('a subscription that is broken as a whole is parked and not tried again', async () => {
  await site.give({ awslogs: { data: 'H4sIAAAAAAAAbroken' } })
  expect(await site.deadLetters()).toMatchObject([{ broken: [{ id: 'whole' }] }])
})

test('nobody hears of it: the whole batch comes again', async () => {
  site.tap.answer('events:PutEvents', 'no answer')
  await expect(site.give(batch(...chain))).rejects.toThrow()
  await site.tap.mend()
  await site.give(batch(...chain))
  expect(await thresholds()).toEqual(['llmjacking-chain 1'])
})

test('a sum goes on where there is no more room to keep its facts apart', async () => {
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

test('what says that it happens in years to come happened now', async () => {
  const later = (n: number) => new Date(Date.parse('2099-01-01T00:00:00Z') + n * 3_600_000).toISOString()
  const denied = times(5, (n) => called(0, 'Converse', { errorCode: 'AccessDenied', eventTime: later(n) }))
  await site.give(batch(...denied))
  const [told] = await site.heard()
  expect(told).toMatchObject({ type: 'ThresholdCrossed', count: 5 })
  expect(Math.abs(Date.parse(told?.time ?? '') - Date.now())).toBeLessThan(60_000)
})

test('the table names nobody', async () => {
  await site.give(subscription(stopped(0, 'u-17')))
  await site.give(batch(...chain))
  const written = JSON.stringify(await site.written())
  expect(written).toContain('window#end-user-attacks#')
  expect(written).not.toMatch(/u-17|indexer|ASIA|111122223333/)
})

test('a flood of one caller is told once, and costs a few writes', async () => {
  const batches = times(20, (n) => batch(...times(500, (m) => called(n * 2 + (m % 2), 'InvokeModel'))))
  const { calls } = await site.tap.during(async () => {
    for (const one of batches) await site.give(one)
  })
  expect(await thresholds()).toEqual(['inference-volume 500'])
  const writes = calls.filter(({ action }) => action === 'dynamodb:UpdateItem')
  // 40 s of calls, in stages of 10 s, for two thresholds; and one counter that is suppressed.
  expect(writes.length).toBeLessThanOrEqual(2 * 5 + 2)
})
