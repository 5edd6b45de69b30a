import { expect, test } from 'vitest'
import { compile } from '../../matching/compile.ts'
import { matches } from '../../matching/matches.ts'

const does = (pattern: unknown, event: unknown) => matches(compile(pattern), event)
const there = [{ exists: true }]
const absent = [{ exists: false }]

test('two fields must hold in the same array element', () => {
  const pattern = { d: { name: ['alice'], status: ['active'] } }
  expect(does(pattern, { d: [{ name: 'bob' }, { name: 'alice', status: 'active' }] })).toBe(true)
  expect(does(pattern, { d: [{ name: 'alice' }, { status: 'active' }] })).toBe(false)
  expect(does(pattern, { d: [{ name: ['alice', 'bob'], status: 'active' }] })).toBe(true)
})

test('in nested arrays, the elements of each count', () => {
  const pattern = { u: { t: { k: ['color'], v: ['blue'] }, name: there } }
  expect(does(pattern, { u: [{ name: 1, t: [{ k: 'x' }, { k: 'color', v: 'blue' }] }] })).toBe(true)
  expect(does(pattern, { u: [{ name: 1, t: [{ k: 'color' }, { v: 'blue' }] }] })).toBe(false)
  expect(does(pattern, { u: [{ name: 1 }, { t: [{ k: 'color', v: 'blue' }] }] })).toBe(false)
})

test('sibling arrays are independent, and so are an array’s own values', () => {
  const pattern = { a: { x: [1] }, b: { y: [2] }, tags: ['t'] }
  expect(does(pattern, { a: [{ x: 0 }, { x: 1 }], b: [{ y: 2 }], tags: ['s', 't'] })).toBe(true)
  expect(does({ tags: ['t'] }, { tags: [['s', 't']] })).toBe(true)
})

test('a field is absent if the element that earlier fields chose lacks it', () => {
  expect(does({ d: { a: there, b: absent } }, { d: [{ a: 1 }, { a: 2, b: 3 }] })).toBe(true)
  expect(does({ d: { a: there, b: absent } }, { d: [{ a: 2, b: 3 }] })).toBe(false)
  // The engine looks at fields in the order of their names: nothing is chosen yet when it looks for a.
  expect(does({ d: { b: there, a: absent } }, { d: [{ b: 1 }, { b: 2, a: 3 }] })).toBe(false)
})

test('a key with dots is equivalent to nested keys', () => {
  for (const pattern of [
    { a: { b: { c: [1] } } },
    { 'a.b': { c: [1] } },
    { a: { 'b.c': [1] } },
    { 'a.b.c': [1] },
  ])
    for (const event of [{ a: { b: { c: 1 } } }, { 'a.b': { c: 1 } }, { a: { 'b.c': 1 } }, { 'a.b.c': 1 }])
      expect(does(pattern, event)).toBe(true)
  expect(does({ a: { b: [1] } }, { 'a.b': 2, a: { b: 1 } })).toBe(true)
})

test('$or works at any level, nested and side by side', () => {
  const pattern = {
    s: ['x'],
    $or: [{ a: [1] }, { b: [2], $or: [{ c: [3] }, { d: { $or: [{ e: [4] }, { f: [5] }] } }] }],
  }
  expect(does(pattern, { s: 'x', a: 1 })).toBe(true)
  expect(does(pattern, { s: 'x', b: 2 })).toBe(false)
  expect(does(pattern, { s: 'x', b: 2, d: { f: 5 } })).toBe(true)
  expect(does(pattern, { b: 2, c: 3 })).toBe(false)
  const both = { $or: [{ a: [1] }, { b: [1] }], d: { $or: [{ a: [1] }, { b: [1] }] } }
  expect(does(both, { a: 1, d: { b: 1 } })).toBe(true)
  expect(does(both, { a: 1, d: {} })).toBe(false)
})

test('of two fields with one path the later one counts, even if one is in $or', () => {
  expect(does({ a: { b: [1] }, 'a.b': [2] }, { a: { b: 2 } })).toBe(true)
  expect(does({ a: { b: [1] }, 'a.b': [2] }, { a: { b: 1 } })).toBe(false)
  expect(does({ a: [1], $or: [{ a: [2] }, { b: [3] }] }, { a: 2 })).toBe(true)
})

test('inherited properties are not fields, and a key of any name is one', () => {
  expect(does({ constructor: { name: there } }, {})).toBe(false)
  expect(does({ toString: absent }, {})).toBe(true)
  const odd = '{"__proto__": {"x": [1]}, "": {"": [2]}}'
  expect(does(JSON.parse(odd), JSON.parse(odd))).toBe(true)
  expect(does(JSON.parse(odd), { x: 1 })).toBe(false)
})
