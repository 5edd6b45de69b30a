import { describe, expect, test } from 'vitest'
import { type PatternCode, patternCodes } from '../../matching/codes.ts'
import { compile } from '../../matching/compile.ts'
import { PatternError } from '../../matching/pattern-error.ts'

const field = (condition: unknown) => ({ a: [condition] })

/** Source: the tests of aws/event-ruler, JsonRuleCompilerTest. */
const refused: [PatternCode, unknown][] = [
  ...[null, 1, 'x', [], [1]].map((pattern): [PatternCode, unknown] => ['E2002', pattern]),
  ...[{}, { a: {} }, { a: [] }, { a: [{ 'anything-but': [] }] }, { $or: [{}, { a: [1] }] }].map(
    (pattern): [PatternCode, unknown] => ['E2003', pattern],
  ),
  ...[{ a: 1 }, { a: 'x' }, { a: null }, { a: { b: true } }, { a: [[1]] }].map(
    (pattern): [PatternCode, unknown] => ['E2004', pattern],
  ),
  ...[{ x: 2 }, { Exists: true }, { prefix: 'a', suffix: 'b' }, {}, { regex: 'a' }, { constructor: 1 }].map(
    (condition): [PatternCode, unknown] => ['E2005', field(condition)],
  ),
  ...[
    { prefix: 3 },
    { prefix: ['a'] },
    { prefix: null },
    { prefix: { wildcard: 'a' } },
    { prefix: { 'equals-ignore-case': 5 } },
    { prefix: { 'equals-ignore-case': 'a', b: 1 } },
    { suffix: ['a'] },
    { suffix: { 'equals-ignore-case': ['a'] } },
    { 'equals-ignore-case': ['a'] },
    { wildcard: 5 },
    { wildcard: ['a'] },
    { exists: 'true' },
    { exists: 1 },
    { cidr: 1 },
    { exactly: 33 },
    { numeric: 10 },
  ].map((condition): [PatternCode, unknown] => ['E2006', field(condition)]),
  ...[
    [],
    ['='],
    ['=', true],
    ['=', '1'],
    ['==', 1],
    ['<', 1, '>', 0],
    ['>', 1, '<', 1],
    ['>=', 1, '<=', 1],
    ['>', 30, '<', 1],
    ['>', 1, '<', 30, false],
    ['>', 1, '=', 30],
    ['>', 1, '<'],
    [1, '>'],
    ['=', 1, '<', 2],
  ].map((numeric): [PatternCode, unknown] => ['E2007', field({ numeric })]),
  ...['a**', 'a\\b', 'a\\', '*:*:*:*:*:event-bus/*'].map((wildcard): [PatternCode, unknown] => [
    'E2008',
    field({ wildcard }),
  ]),
  ...[
    'foo',
    '10.0.0.1',
    '10.0.0.1/32',
    '::1/128',
    '10.0.0.1/-1',
    '10.0.0.1/x',
    '10.0.0.256/8',
    '1:2:3/8',
    '10.0.0.0/8/8',
    ':::/8',
    '1::2::3/8',
    '12345::/8',
  ].map((cidr): [PatternCode, unknown] => ['E2009', field({ cidr })]),
  ...[
    { a: [1] },
    [],
    [{ a: [1] }],
    [{ a: [1] }, 1],
    [{ a: [1] }, [{ b: [1] }]],
    [{ a: [1] }, { prefix: ['x'] }],
    [{ a: [1] }, { b: { '<': [1] } }],
  ].map(($or): [PatternCode, unknown] => ['E2010', { $or }]),
  ...[
    null,
    true,
    [null],
    ['a', 1],
    ['a', null],
    [[1]],
    {},
    { numeric: ['=', 1] },
    { prefix: '' },
    { prefix: ['a', ''] },
    { suffix: '' },
    { prefix: 1 },
    { prefix: { 'equals-ignore-case': 'a' } },
    { suffix: [null, 'a'] },
    { 'equals-ignore-case': [1] },
    { wildcard: 27 },
    { prefix: 'a', suffix: 'b' },
  ].map((but): [PatternCode, unknown] => ['E2011', field({ 'anything-but': but })]),
  ['E2012', { $or: Array.from({ length: 1000 }, (_, at) => ({ a: [at] })) }],
]

test.each(refused.map(([code, pattern]) => [code, JSON.stringify(pattern).slice(0, 100), pattern] as const))(
  '%s: %s',
  (code, _, pattern) => {
    expect(() => compile(pattern)).toThrow(PatternError)
    expect(() => compile(pattern)).toThrow(expect.objectContaining({ code }))
  },
)

describe('accepted, although unusual', () => {
  test.each(
    [
      { prefix: '' },
      { suffix: '' },
      { wildcard: '' },
      { wildcard: 'a*b*c*d*e*f' },
      { 'equals-ignore-case': '' },
      { 'anything-but': { 'equals-ignore-case': '' } },
      { 'anything-but': { wildcard: ['a*', ''] } },
      { 'anything-but': '' },
      { numeric: ['=', 1e300] },
      { cidr: '10.0.0.1/0' },
      { exactly: '' },
    ].map((condition) => [JSON.stringify(condition), condition] as const),
  )('%s', (_, condition) => {
    expect(compile(field(condition)).branches).toHaveLength(1)
  })
  test('999 combinations of $or', () => {
    expect(compile({ $or: Array.from({ length: 999 }, (_, at) => ({ a: [at] })) }).branches).toHaveLength(999)
  })
})

test('every rejection has a test', () => {
  const tested = new Set(refused.map(([code]) => code))
  const refusals = Object.keys(patternCodes).filter((code) => code.startsWith('E') && code !== 'E2001')
  expect(refusals.filter((code) => !tested.has(code as PatternCode))).toEqual([])
})
