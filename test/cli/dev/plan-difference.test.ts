import { expect, test } from 'vitest'
import { planDifferenceOf } from '../../../cli/dev/output/plan-difference.ts'
import type { Planned } from '../../../cli/dev/versions/protocol.ts'
import type { Change } from '../../../engine/state.ts'

const planned = (more: Partial<Planned>, ...changes: Change[]): Planned => ({
  rule: 'api-flood',
  playbook: 'throttle-stage',
  target: { account: '123456789012', region: 'us-east-1', stageName: 'prod' },
  mode: 'contain',
  decision: 'contain',
  plan: { hash: 'h', changes, caveats: [], undo: true },
  ...more,
})
const rate = (after: number): Change => ({ path: '/rate', before: 200, after })

test('the same plans have no difference, whatever their hashes', () => {
  const other = { hash: 'other', changes: [rate(5)], caveats: [], undo: true }
  expect(planDifferenceOf([planned({}, rate(5))], [planned({ plan: other })])).toEqual([])
})

test('what a plan changes otherwise, more, or no more is told line by line', () => {
  const burst: Change = { path: '/burst', before: undefined, after: 10 }
  const of = 'throttle-stage on prod'
  expect(planDifferenceOf([planned({}, rate(5))], [planned({}, rate(1), burst)])).toEqual([
    { sign: '~', of, before: '~ rate   200 → 5', now: '~ rate   200 → 1' },
    { sign: '+', of, now: '+ burst   10' },
  ])
  expect(planDifferenceOf([planned({}, rate(5), burst)], [planned({}, rate(5))])).toEqual([
    { sign: '-', of, before: '+ burst   10' },
  ])
})

test('a rule that no longer matches takes its whole plan away', () => {
  expect(planDifferenceOf([planned({}, rate(5))], []).map(({ sign, before }) => [sign, before])).toEqual([
    ['-', 'contain, by rule api-flood'],
    ['-', '~ rate   200 → 5'],
  ])
})
