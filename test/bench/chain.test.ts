import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chainOf, chainToGate, gateOf, median, type Span } from '../../bench/chain.ts'

const span = (action: string, start: number, end: number): Span => ({ action, start, end })

// Two reads at once, then one after the other: enter, book, write; verified by two reads at once.
const calls = [
  span('iam:GetRole', 0, 21),
  span('dynamodb:GetItem', 1, 24),
  span('dynamodb:TransactWriteItems', 25, 46),
  span('scheduler:CreateSchedule', 47, 68),
  span('iam:AttachRolePolicy', 69, 90),
  span('iam:GetRole', 91, 112),
  span('iam:ListAttachedRolePolicies', 92, 113),
]
const writes = { 'iam:AttachRolePolicy': '*', 'iam:DetachRolePolicy': '*' }

test('the first write is the first call under a writing grant', () => {
  expect(gateOf(calls, writes)?.action).toBe('iam:AttachRolePolicy')
  expect(gateOf(calls, {})).toBeUndefined()
})

test('parallel calls are one link of the chain', () => {
  expect(chainOf(calls)).toHaveLength(5)
  expect(chainToGate(calls, writes).map(({ action }) => action)).toEqual([
    'iam:GetRole',
    'dynamodb:TransactWriteItems',
    'scheduler:CreateSchedule',
  ])
})

test('without a write the chain goes to the answer', () => {
  expect(chainToGate(calls, {})).toEqual(chainOf(calls))
  expect(chainOf([])).toEqual([])
})

test('the chain is a longest one', () => {
  const some = fc.array(
    fc.tuple(fc.nat(20), fc.nat(8)).map(([start, lasts]) => span('a:B', start, start + lasts + 1)),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(some, (spans) => {
      const chain = chainOf(spans)
      expect(isChain(chain)).toBe(true)
      const longest = Math.max(
        ...subsets(spans)
          .filter(isChain)
          .map((one) => one.length),
      )
      expect(chain).toHaveLength(longest)
    }),
  )
})

const isChain = (spans: readonly Span[]): boolean =>
  spans.toSorted((a, b) => a.end - b.end).every((one, at, all) => one.start >= (all[at - 1]?.end ?? 0))

const subsets = <T>([first, ...rest]: readonly T[]): T[][] =>
  first === undefined ? [[]] : subsets(rest).flatMap((some) => [some, [first, ...some]])

test.each([
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
  [[10, 9], 9.5],
])('the median of %j is %d', (values, middle) => expect(median(values)).toBe(middle))
