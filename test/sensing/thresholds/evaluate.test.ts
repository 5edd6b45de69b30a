import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Duration } from '../../../engine/rule.ts'
import type { Call } from '../../../rules/events/fact.ts'
import { defineThreshold, type Measure, type Threshold } from '../../../rules/threshold.ts'
import { evaluateThreshold, signalledLimitOf } from '../../../sensing/thresholds/evaluate.ts'
import { counterSamplesOf } from '../../../sensing/thresholds/sample.ts'

const start = Date.parse('2026-11-21T06:00:00Z') / 1000
const call = (id: number, more: Partial<Call> = {}): Call => ({
  type: 'Call',
  origin: 'cloudtrail',
  id: id.toString(16).padStart(32, '0').split('').reverse().join(''),
  service: 'bedrock.amazonaws.com',
  name: 'InvokeModel',
  ...more,
})
const counting = (measure: Measure<'Call'>, limits: number[], within: Duration = '10m'): Threshold =>
  defineThreshold({ name: 'calls', facts: ['Call'], by: () => 'one', measure, within, limits })
const elements = (it: Threshold, facts: [second: number, fact: Call][]): string[] =>
  facts.flatMap(([second, fact]) => counterSamplesOf(it, fact, start + second))
const every = (seconds: number, often: number): [number, Call][] =>
  Array.from({ length: often }, (_, n) => [n * seconds, call(n + 1)])

const often = counting({ count: () => 1 }, [3, 5])

describe('a count', () => {
  test.each([
    ['two are not three', every(60, 2), []],
    ['three within the time are', every(60, 3), [3]],
    ['three at its very ends are', every(300, 3), [3]],
    ['three a second further apart are not', every(301, 3), []],
    ['five reach both limits', every(60, 5), [3, 5]],
    ['five over twice the time reach one', every(240, 5), [3]],
  ] as const)('%s', (_says, facts, limits) => {
    const crossings = evaluateThreshold(often, elements(often, [...facts]))
    expect(crossings.map(({ limit }) => limit)).toEqual(limits)
  })

  test('is told once within the time, and again when that has passed', () => {
    const first = elements(often, every(60, 3))
    const told = evaluateThreshold(often, first).map(signalledLimitOf)
    expect(told).toHaveLength(1)
    const more = [
      ...first,
      ...elements(often, [
        [200, call(7)],
        [260, call(8)],
        [320, call(9)],
      ]),
    ]
    expect(evaluateThreshold(often, more, told).map(({ limit }) => limit)).toEqual([5])
    const later = [
      ...first,
      ...elements(often, [
        [800, call(7)],
        [860, call(8)],
        [920, call(9)],
      ]),
    ]
    expect(evaluateThreshold(often, later, told).map(({ limit }) => limit)).toEqual([3])
  })
})

test('a sum counts how much', () => {
  const it = counting({ sum: ({ bytesOut = 0 }) => bytesOut }, [100], '1h')
  const facts = elements(it, [
    [0, call(1, { bytesOut: 60 })],
    [9, call(2, { bytesOut: 39 })],
  ])
  expect(evaluateThreshold(it, facts)).toEqual([])
  const more = elements(it, [[99, call(3, { bytesOut: 1 })]])
  expect(evaluateThreshold(it, [...facts, ...more])).toMatchObject([{ limit: 100, amount: 100 }])
})

test('a distinct count does not count one thing twice', () => {
  const it = counting({ distinct: ({ name }) => name }, [2])
  const same = elements(it, every(1, 9))
  expect(evaluateThreshold(it, same)).toEqual([])
  expect(
    evaluateThreshold(it, [...same, ...elements(it, [[10, call(99, { name: 'Converse' })]])]),
  ).toHaveLength(1)
})

test('steps are all there within the time, in whatever order', () => {
  const named = (name: string) => (it: Call) => it.name === name
  const it = counting(
    { steps: [{ look: { needs: 2, when: named('List') } }, { use: { needs: 1, when: named('Invoke') } }] },
    [1],
  )
  const chain: [number, Call][] = [
    [0, call(1, { name: 'List' })],
    [5, call(2, { name: 'Invoke' })],
    [9, call(3, { name: 'List' })],
  ]
  expect(evaluateThreshold(it, elements(it, chain))).toHaveLength(1)
  expect(evaluateThreshold(it, elements(it, chain.slice(0, 2)))).toEqual([])
  expect(
    evaluateThreshold(
      it,
      elements(it, [
        chain[0] as [number, Call],
        [700, call(2, { name: 'Invoke' })],
        [705, call(3, { name: 'List' })],
      ]),
    ),
  ).toEqual([])
})

describe('steps of which the last comes last', () => {
  const named = (name: string) => (it: Call) => it.name === name
  const ways = { one: { needs: 1, when: named('One') }, other: { needs: 2, when: named('Other') } }
  const it = counting(
    { steps: [ways, { use: { needs: 1, when: named('Use') } }], order: 'last comes last' },
    [1],
  )
  const crossed = (...names: [number, string][]) =>
    evaluateThreshold(
      it,
      elements(
        it,
        names.map(([second, name], id) => [second, call(id + 1, { name })]),
      ),
    ).length
  test.each([
    [
      'after it',
      [
        [0, 'One'],
        [90, 'Use'],
      ],
      1,
    ],
    [
      'before it',
      [
        [0, 'Use'],
        [90, 'One'],
      ],
      0,
    ],
    [
      'in the same second',
      [
        [90, 'Use'],
        [90, 'One'],
      ],
      1,
    ],
    [
      'before and after it',
      [
        [0, 'Use'],
        [90, 'One'],
        [200, 'Use'],
      ],
      1,
    ],
    [
      'after the other way',
      [
        [0, 'Other'],
        [50, 'Other'],
        [90, 'Use'],
      ],
      1,
    ],
    [
      'after half the other way',
      [
        [0, 'Other'],
        [90, 'Use'],
      ],
      0,
    ],
  ] as [string, [number, string][], number][])('%s', (_says, names, often) => {
    expect(crossed(...names)).toBe(often)
  })
})

test('a request of which two sources tell counts once, with the most that one of them said', () => {
  const facts = [3, 4].map((weight, id) => ({ ...call(id), requestId: 'r-1', bytesOut: weight }))
  const it = counting({ sum: ({ bytesOut = 0 }) => bytesOut }, [4, 5])
  const signals = facts.map((fact, second) => [second, { ...fact, type: 'ModelInvocationObserved' }])
  expect(evaluateThreshold(it, elements(it, signals as never))).toMatchObject([
    { limit: 4, amount: 4, to: start },
  ])
})

test('the order, and how often a fact comes, change nothing', () => {
  const facts = fc.array(fc.tuple(fc.nat(3000), fc.nat(40)), { maxLength: 60 })
  fc.assert(
    fc.property(facts, fc.func(fc.nat()), (some, random) => {
      const all = elements(
        often,
        some.map(([second, id]) => [second, call(id + 1)]),
      )
      const shuffled = [...all, ...all].sort((a, b) => random(a) - random(b))
      expect(evaluateThreshold(often, new Set(shuffled))).toEqual(evaluateThreshold(often, new Set(all)))
    }),
  )
})

test('what is reached is reached within the time, by a plain reading of it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2000), { maxLength: 25 }), (seconds) => {
      const all = elements(
        often,
        seconds.map((second, n) => [second, call(n + 1)]),
      )
      const plainly = (limit: number) =>
        seconds.some((from) => seconds.filter((at) => at >= from && at <= from + 600).length >= limit)
      const reached = evaluateThreshold(often, new Set(all)).map(({ limit }) => limit)
      expect([...new Set(reached)]).toEqual([3, 5].filter(plainly))
    }),
  )
})
