import { expect, test } from 'vitest'
import type { ModelInvocationObserved } from '../../../rules/events/signal.ts'
import { isSubscribed, subscriptionOf } from '../../../sensing/intake/is-subscribed.ts'

const invocation: ModelInvocationObserved = {
  schema: '1',
  type: 'ModelInvocationObserved',
  id: '0'.repeat(32),
  origin: 'cloudtrail',
  operation: 'Converse',
  bearerToken: true,
  policies: [],
  attack: false,
  evidence: { where: 'cloudtrail', id: 'e-1' },
}
const rule = (source: string) => ({
  when: { source: [source], 'detail-type': ['Model Invocation Observed'], detail: { bearerToken: [true] } },
})

test('an invocation is emitted only for a rule that matches it', () => {
  expect(isSubscribed(invocation)).toBe(false)
  const isWanted = subscriptionOf([rule('portcullis')])
  expect(isWanted(invocation)).toBe(true)
  expect(isWanted({ ...invocation, bearerToken: false })).toBe(false)
  expect(subscriptionOf([rule('aws.bedrock')])(invocation)).toBe(false)
})

test('attacks are always emitted', () => {
  expect(subscriptionOf([])({ ...invocation, type: 'GuardrailIntervened', attack: true })).toBe(true)
})
