import { expect, test } from 'vitest'
import { milliseconds } from '../../../engine/rule.ts'
import { detailTypes } from '../../../rules/events/signal.ts'
import { rules } from '../../../rules/index.ts'
import { tokenBudgets } from '../../../rules/models/token-budgets.ts'
import { limitOf } from '../../../rules/threshold.ts'
import { thresholds } from '../../../rules/thresholds.ts'
import { endUserAttacks } from '../../../rules/users/end-user-attacks.ts'

const all = thresholds.map((it) => [it.name, it] as const)

// Stored counters and signals carry these names: a new name starts every counter from zero.
test('thresholds keep their names', () => {
  expect(thresholds.map(({ name }) => name).sort()).toEqual([
    'agent-role-strays',
    'agent-tokens',
    'end-user-attacks',
    'guardrail-weakened-then-used',
    'inference-denied',
    'inference-volume',
    'llmjacking-chain',
    'model-artefacts-read',
    'model-package-self-approved',
    'session-tokens',
    'tenant-tokens',
    'unguarded-inference',
    'user-tokens',
  ])
})

test.each(all)('%s: its limits ascend within a time, and its unit is given', (_, it) => {
  expect(milliseconds(it.within)).toBeGreaterThan(0)
  expect([...it.limits].sort((a, b) => a - b)).toEqual(it.limits)
  expect(it.limits[0]).toBeGreaterThan(0)
  if ('steps' in it.measure) expect(it.limits).toEqual([1])
  else expect(it.unit).toMatch(/^[a-z ]+s$/)
})

type When = { 'detail-type': string[]; detail: { threshold?: string[]; limit?: number[]; scope?: string[] } }
const matching = (type: string) =>
  rules.map(({ when }) => when as When).filter((when) => when['detail-type'].includes(type))

// A limit without a rule is a cost without an effect, and a rule without its limit never fires.
test('every limit has one rule that answers it', () => {
  const answered = matching(detailTypes.ThresholdCrossed).flatMap(({ detail: { threshold = [], limit } }) =>
    threshold.flatMap((name) => {
      const limits = thresholds.find((one) => one.name === name)?.limits ?? []
      return (limit ?? limits).map((one) => `${name} ${one}`)
    }),
  )
  const counted = thresholds.filter(({ budget }) => budget === undefined)
  expect(answered.sort()).toEqual(
    counted.flatMap(({ name, limits }) => limits.map((one) => `${name} ${one}`)).sort(),
  )
})

test('every budget has a rule that answers its breach', () => {
  const scopes = matching(detailTypes.BudgetBreach).flatMap(({ detail: { scope = [] } }) => scope)
  expect([...new Set(scopes)].sort()).toEqual(Object.keys(tokenBudgets).sort())
})

test('a further limit must be one of the threshold', () => {
  expect(() => limitOf(endUserAttacks, 4)).toThrow('The threshold of end-user-attacks has no limit 4')
})

test('the sentence of a rule is made from its limit and time', () => {
  const [soft, hard] = ['end-user-attacks', 'end-user-persists'].map((name) =>
    rules.find((rule) => rule.name === name),
  )
  expect(soft?.because).toBe('A guardrail stopped one end user 3 times in 10 minutes.')
  expect(hard?.because).toContain('5 times in 10 minutes')
  expect(soft?.when).toMatchObject({ detail: { threshold: ['end-user-attacks'], limit: [3] } })
  expect(hard?.when).toMatchObject({ detail: { threshold: ['end-user-attacks'], limit: [5] } })
})
