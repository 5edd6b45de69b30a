import { describe, expect, test } from 'vitest'
import { BadEvent } from '../../../engine/errors.ts'
import { signalsOf } from '../../../sensing/signals/read.ts'
import { call, shapes } from './shapes.ts'

const intervened = shapes.CloudTrail?.('INTERVENED')
const invocation = shapes['the invocation log']?.('NONE')
const event = (detail: unknown, source = 'aws.bedrock') => ({
  version: '0',
  id: '00000000-0000-4000-8000-000000000000',
  'detail-type': 'AWS API Call via CloudTrail',
  source,
  account: '111122223333',
  region: 'us-east-1',
  time: '2026-11-21T06:12:40Z',
  resources: [],
  detail,
})

describe('EventBridge', () => {
  test("delivers CloudTrail's record unchanged", () =>
    expect(signalsOf(event(call))).toEqual(signalsOf(call)))

  test('has no signals in other events of AWS', () =>
    expect(signalsOf(event({ type: 'Impact:X' }))).toEqual([]))

  test("treats what AWS did not send as an application's claim", () => {
    expect(signalsOf(event(call, 'evil.app'))).toMatchObject([{ origin: 'application' }])
  })

  test("returns a signal unchanged, as an application's claim unless the stack sent it", () => {
    const [signal] = signalsOf(intervened)
    expect(signalsOf(event(signal, 'portcullis'))).toEqual([signal])
    expect(signalsOf(event(signal, 'portcullis.app'))).toEqual([{ ...signal, origin: 'application' }])
  })

  test('returns the threshold signals of the stack', () => {
    const about = { schema: '1', id: '0'.repeat(32), origin: 'portcullis', policies: [], attack: false }
    const evidence = { where: 'portcullis', id: 'w-1' }
    const counted = { limit: 3, windowSeconds: 600 }
    const crossed = {
      ...about,
      evidence,
      ...counted,
      type: 'ThresholdCrossed',
      threshold: 't',
      key: 'u-17',
      count: 3,
    }
    const scope = { scope: 'user', scopeId: 'u-17', level: 'hard' }
    const breach = { ...about, evidence, ...counted, ...scope, type: 'BudgetBreach' }
    for (const signal of [crossed, breach]) expect(signalsOf(event(signal, 'portcullis'))).toEqual([signal])
  })

  test('removes fields that signals do not have', () => {
    const [signal] = signalsOf(intervened)
    expect(signalsOf(event({ ...signal, text: 'secret' }, 'portcullis'))).toEqual([signal])
    expect(() => signalsOf(event({ ...signal, user: 'a whole sentence' }, 'portcullis'))).toThrow(BadEvent)
  })
})

describe('the id', () => {
  const reversed = (value: unknown): unknown =>
    Array.isArray(value) || typeof value !== 'object' || value === null
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, reversed(inner)]),
        )

  test.each(Object.entries(shapes))('of %s is the same whatever the order of its keys', (_, shape) => {
    const record = shape('INTERVENED')
    const ids = (of: unknown) => signalsOf(of).map((one) => one.id)
    expect(ids(reversed(record))).toEqual(ids(structuredClone(record)))
    expect(new Set(ids(record)).size).toBe(ids(record).length)
  })

  test('differs from record to record', () => {
    const ids = [call, { ...call, eventID: 'other' }, invocation].flatMap(signalsOf).map((one) => one.id)
    expect(new Set(ids).size).toBe(3)
  })
})
