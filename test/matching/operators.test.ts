import { describe, expect, test } from 'vitest'
import { compile } from '../../matching/compile.ts'
import { matches } from '../../matching/matches.ts'

/** A condition, what it takes and what it leaves. Source: EventBridge User Guide; the tests of aws/event-ruler. */
const table: [condition: unknown, takes: unknown[], leaves: unknown[]][] = [
  ['a', ['a', ['b', 'a']], ['A', 'ab', null, { a: 'a' }, [{ v: 'a' }]]],
  [1, [1, 1.0, 1, [2, 1]], ['1', true, 1.1, null]],
  [true, [true], ['true', 1, false]],
  [null, [null, [null]], [0, '', false, 'null', []]],
  ['', [''], [null, ' ']],
  [123456789012, [123456789012], ['123456789012']],
  [{ prefix: 'ab' }, ['ab', 'abc'], ['a', 'Ab', 12, null]],
  [{ prefix: '' }, ['', 'x'], [1, null, true]],
  [{ suffix: 'ab' }, ['ab', 'cab'], ['b', 'aB', 12]],
  [{ suffix: '' }, ['', 'x'], [1, null]],
  [{ prefix: { 'equals-ignore-case': 'aB' } }, ['AB', 'abc'], ['a', 'ba']],
  [{ suffix: { 'equals-ignore-case': 'aB' } }, ['AB', 'cAb'], ['b', 'abc']],
  [{ 'equals-ignore-case': 'straße' }, ['STRASSE', 'straße', 'Straße'], ['strasse!', 'strase', 1]],
  [{ 'equals-ignore-case': '' }, [''], ['x', null]],
  [{ 'equals-ignore-case': 'a.c' }, ['A.C'], ['abc']],
  [{ wildcard: 'a*b*c' }, ['abc', 'aXbYc', 'abcbc', 'abbc'], ['ac', 'abcd', 'xabc', 1]],
  [{ wildcard: '*' }, ['', 'x'], [1, null]],
  [{ wildcard: 'a*a' }, ['aa', 'aba'], ['a']],
  [{ wildcard: 'a\\*b\\\\*' }, ['a*b\\', 'a*b\\c'], ['axb\\', 'a*b']],
  [{ 'anything-but': 'a' }, ['b', 1, null, true, ['a', 'b']], ['a', ['a'], [], {}]],
  [{ 'anything-but': ['a', 'b'] }, ['c', null], ['a', 'b', ['a', 'b']]],
  [{ 'anything-but': [1, 2] }, [3, '1', null], [1, 2.0]],
  [{ 'anything-but': { prefix: 'a' } }, ['b', 12, null], ['a', 'ab']],
  [{ 'anything-but': { prefix: ['a', 'b'] } }, ['c'], ['ab', 'ba']],
  [{ 'anything-but': { suffix: ['.txt', '.md'] } }, ['a.ts', 3], ['a.txt', 'a.md']],
  [{ 'anything-but': { 'equals-ignore-case': ['a', 'B'] } }, ['c', 1], ['A', 'b']],
  [{ 'anything-but': { wildcard: ['*/lib/*', 'x*'] } }, ['/bin/a', null], ['/usr/lib/a', 'xy']],
  [{ numeric: ['=', 301.8] }, [301.8, 3.018e2], ['301.8', 301]],
  [{ numeric: ['>', 0, '<=', 5] }, [0.1, 5], [0, 5.1, '3', null]],
  [{ numeric: ['<', -1] }, [-2], [-1, 0]],
  [{ numeric: ['>', 5_000_000_000] }, [6e9], [5e9]],
  [{ cidr: '10.0.0.128/24' }, ['10.0.0.0', '10.0.0.255', '::ffff:a00:1'], ['10.0.1.0', '10.0.0', 10]],
  [{ cidr: '0.0.0.0/0' }, ['255.255.255.255'], ['::1', '256.1.1.1']],
  [
    { cidr: '2001:db8::/32' },
    ['2001:DB8:0:0::1', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['2001:db9::', '::', '1::2::3'],
  ],
  ['10.0.0.1', ['10.0.0.1', '::ffff:a00:1'], ['10.0.0.2', '10.0.0.1 ']],
  ['::1', ['0:0:0:0:0:0:0:1', '::0001'], ['::2', ':::1']],
  [{ exists: true }, ['', null, 0, ['a']], [[], {}, { a: 1 }]],
  [{ exists: false }, [[], {}, { a: 1 }], ['', null, 0, ['a']]],
  [{ exactly: '10.0.0.1' }, ['10.0.0.1'], ['::ffff:a00:1']],
]

describe.each(table.map(([condition, ...rest]) => [JSON.stringify(condition), condition, ...rest] as const))(
  '%s',
  (_, condition, takes, leaves) => {
    const matcher = compile({ v: [condition] })
    if (takes.length > 0)
      test.each(takes.map((value) => [JSON.stringify(value), value] as const))('takes %s', (_, v) => {
        expect(matches(matcher, { v })).toBe(true)
      })
    test.each(leaves.map((value) => [JSON.stringify(value), value] as const))('leaves %s', (_, v) => {
      expect(matches(matcher, { v })).toBe(false)
    })
  },
)

test('only exists: false accepts a missing value', () => {
  const takers = table.filter(([condition]) => matches(compile({ v: [condition] }), {}))
  expect(takers.map(([condition]) => condition)).toEqual([{ exists: false }])
})

test('an event that is not an object matches nothing', () => {
  for (const event of [null, 1, 'x', true, [], [{ v: 1 }]])
    expect(matches(compile({ v: [{ exists: false }] }), event)).toBe(false)
})

describe('combined in one list', () => {
  const takes = (conditions: unknown[], v: unknown) => matches(compile({ v: conditions }), { v })
  test('any alternative matches', () => expect(takes(['a', { prefix: 'b' }], 'bc')).toBe(true))
  test('in a field that compares addresses, an address is not compared as a text', () => {
    expect(takes([{ cidr: '10.0.0.0/8' }, { prefix: '192.' }], '192.168.0.1')).toBe(false)
    expect(takes([{ cidr: '10.0.0.0/8' }, { 'anything-but': '192.168.0.1' }], '192.168.0.1')).toBe(true)
  })
  test('in a field that compares numbers, addresses are not recognized', () =>
    expect(takes([{ cidr: '10.0.0.0/8' }, 5], '10.0.0.1')).toBe(false))
})
