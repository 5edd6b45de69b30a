import { expect, test } from 'vitest'
import { explain } from '../../matching/explain.ts'

const says = (pattern: unknown, event: unknown) => explain(pattern, event).sentence

test('the first field that does not match is named, with what was wanted and found', () => {
  const pattern = {
    detail: { eventName: [{ prefix: 'InvokeModel' }, { prefix: 'Converse' }], other: [1] },
    region: ['us-east-1'],
    source: ['aws.bedrock'],
  }
  const event = { source: 'aws.bedrock', region: 'us-east-1', detail: { eventName: 'ListFoundationModels' } }
  expect(explain(pattern, event)).toEqual({
    matched: false,
    before: [
      { path: 'source', wanted: 'aws.bedrock', found: '"aws.bedrock"' },
      { path: 'region', wanted: 'us-east-1', found: '"us-east-1"' },
    ],
    failed: {
      path: 'detail.eventName',
      wanted: 'InvokeModel*, Converse*',
      found: '"ListFoundationModels"',
      why: 'value',
    },
    sentence: 'detail.eventName "ListFoundationModels" is not one of InvokeModel*, Converse*',
  })
})

test('envelope first, whatever the order in the pattern', () => {
  const pattern = {
    detail: { a: [1] },
    region: ['r'],
    id: ['i'],
    account: ['1'],
    'detail-type': ['t'],
    source: ['s'],
  }
  const event = { source: 's', 'detail-type': 't', account: '1', region: 'r', id: 'i', detail: { a: 1 } }
  expect(explain(pattern, event).before.map(({ path }) => path)).toEqual([
    'source',
    'detail-type',
    'account',
    'region',
    'id',
    'detail.a',
  ])
  expect(says(pattern, event)).toBe('all 6 fields match')
})

test('each kind of mismatch has its sentence', () => {
  expect(says({ a: ['x'] }, {})).toBe('a is missing; expected x')
  expect(says({ a: [{ exists: false }] }, { a: 'x' })).toBe('a is present ("x"), but must be absent')
  expect(says({ a: ['x', { exists: false }] }, { a: 1 })).toBe('a 1 does not match; expected x or no value')
  expect(says({ a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'x' })).toBe(
    'a "x" does not match; expected anything but x, y',
  )
  expect(says({ a: [{ numeric: ['>=', 4, '<', 7] }] }, { a: 2 })).toBe('a 2 is not >= 4 and < 7')
  expect(says({ a: [{ cidr: '10.0.0.0/8' }] }, { a: '1.2.3.4' })).toBe(
    'a "1.2.3.4" is not an address in 10.0.0.0/8',
  )
  expect(says({ a: [{ suffix: { 'equals-ignore-case': 'x' } }] }, { a: ['p', 'q'] })).toBe(
    'a "p", "q" is not *x in any case',
  )
  expect(says({ a: ['7', 7, '', true] }, { a: null })).toBe('a null is not one of "7", 7, "", true')
  expect(says({ d: { a: ['x'], b: ['y'] } }, { d: [{ a: 'x' }, { b: 'y' }] })).toBe(
    'd.b matches only in another array element than the fields before it',
  )
  expect(says({ a: [1] }, [1])).toBe('the event is not a JSON object')
})

test('with $or, the branch with the fewest mismatches is explained', () => {
  const pattern = {
    s: ['x'],
    $or: [
      { a: [1], b: [1] },
      { a: [1], c: [1] },
      { d: [1], e: [1] },
    ],
  }
  const it = explain(pattern, { s: 'x', a: 1, c: 2 })
  expect(it).toMatchObject({ branch: { is: 2, of: 3 }, failed: { path: 'c' } })
  expect(it.before.map(({ path }) => path)).toEqual(['s', 'a'])
  expect(explain(pattern, { s: 'x', d: 1, e: 1 })).toMatchObject({ matched: true, branch: { is: 3, of: 3 } })
})

test('values of an event are shown sanitized and short', () => {
  const hostile = `\u001b]8;;http://evil\u0007${'x'.repeat(100_000)}\u202e`
  const { sentence } = explain({ a: ['y'] }, { a: [hostile, 'b', 'c', 'd', 'e'] })
  expect(sentence).not.toMatch(/\p{C}/u)
  expect(sentence.length).toBeLessThan(200)
  expect(sentence).toMatch(/"b", "c" and 2 more is not y$/)
})
