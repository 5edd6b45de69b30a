import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diff, foreignChanges, type Json, progress, restore, type State, same } from '../../engine/state.ts'
import { canonical } from '../../lib/canonical.ts'

// Keys as AWS has them, and as an attacker would choose them: addresses, ARNs, pointers, and names of prototypes.
const key = fc.oneof(
  fc.constantFrom('a', 'b', 'a/b', '~', '~1', '~0', '10.0.0.1/32', 'arn:aws:x', '', '.', '0'),
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString'),
  fc.string({ maxLength: 3 }),
)
const leaf = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 'x', '', [], [1], ['a', { b: 1 }], {}),
  fc.string(),
)
const { state } = fc.letrec<{ state: State; json: Json }>((tie) => ({
  json: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('state')),
  // From JSON, as every state: there, `__proto__` is an ordinary key.
  state: fc
    .array(fc.tuple(key, tie('json')), { maxLength: 4 })
    .map((pairs) => Object.fromEntries(pairs) as State),
}))

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}

/** Holds for any states. The functions change neither the states nor the prototype of all objects. */
function forAll(law: (a: State, b: State, c: State) => void): void {
  const known = Object.getOwnPropertyNames(Object.prototype)
  const all = fc.property(state, state, state, (a, b, c) => void law(frozen(a), frozen(b), frozen(c)))
  fc.assert(all, { numRuns: 500 })
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(known)
}

describe('states', () => {
  test('are the same whatever the order of their keys, and survive JSON', () => {
    forAll((a) => {
      const turned = Object.fromEntries(Object.entries(a).reverse()) as State
      expect(same(a, turned)).toBe(true)
      expect(canonical(JSON.parse(canonical(a)))).toBe(canonical(a))
      expect(same(a, JSON.parse(JSON.stringify(a)))).toBe(true)
    })
  })

  test('have no differing leaf exactly if they are the same', () => {
    forAll((a, b) => {
      expect(diff(a, a)).toEqual([])
      expect(diff(a, b).length === 0).toBe(same(a, b))
    })
  })

  test('differ backwards as they do forwards', () => {
    forAll((a, b) => {
      const back = diff(b, a).map(({ path, before, after }) => ({ path, before: after, after: before }))
      expect(back).toEqual(diff(a, b))
    })
  })

  test('have each leaf under its own path: two keys never share one', () => {
    expect(diff({ 'a/b': 1 }, { a: { b: 1 } })).toHaveLength(2)
    expect(diff({ 'a~1b': 1 }, { 'a/b': 1 })).toHaveLength(2)
    expect(diff({ '~01': 1 }, { '~1': 1 })).toHaveLength(2)
  })

  test('are complete when all changes are done, and not when none is', () => {
    forAll((a, b) => {
      const changes = diff(a, b)
      expect(progress(changes, b)).toEqual({ done: changes, missing: [] })
      expect(progress(changes, a)).toEqual({ done: [], missing: changes })
    })
  })
})

describe('a release', () => {
  test('finds no foreign change in what we found, in what we wrote, and in any mixture of the two', () => {
    forAll((a, b) => {
      expect(foreignChanges(a, [b], a)).toEqual([])
      expect(foreignChanges(a, [b], b)).toEqual([])
    })
    fc.assert(
      fc.property(fc.dictionary(key, leaf), fc.infiniteStream(fc.boolean()), (a, coins) => {
        const b = Object.fromEntries(Object.keys(a).map((name) => [name, 'ours']))
        const mixed = Object.fromEntries(
          Object.keys(a).map((name) => [name, (coins.next().value ? a : b)[name] as Json]),
        )
        expect(foreignChanges(a, [b], mixed)).toEqual([])
      }),
    )
  })

  test('without foreign changes restores exactly the earlier state', () => {
    forAll((a, b) => expect(canonical(restore(a, [b], b))).toBe(canonical(a)))
  })

  test('keeps what was added since, and restores the rest', () => {
    const found = { interfaces: { 'eni-1': 'isolated', 'eni-2': 'sg-9' } }
    const ours = { interfaces: { 'eni-1': 'isolated' } }
    const before = { interfaces: { 'eni-1': 'sg-1' } }
    expect(foreignChanges(before, [ours], found)).toEqual([])
    expect(restore(before, [ours], found)).toEqual({ interfaces: { 'eni-1': 'sg-1', 'eni-2': 'sg-9' } })
  })

  test('knows what an earlier attempt wrote as ours', () => {
    expect(
      foreignChanges({ until: null }, [{ until: '06:00' }, { until: '07:00' }], { until: '06:00' }),
    ).toEqual([])
    expect(foreignChanges({ until: null }, [{ until: '07:00' }], { until: '06:00' })).toHaveLength(1)
  })

  test('with foreign changes restores ours, and keeps theirs', () => {
    forAll((a, b, c) => {
      const foreign = foreignChanges(a, [b], c)
      const back = restore(a, [b], c)
      const fresh = diff({}, c).filter(({ path }) => ![a, b].some((one) => at(one, path) !== undefined))
      // A leaf in the place of a restored branch is replaced.
      for (const { path, after } of foreign)
        if (!diff({}, back).some((leaf) => leaf.path.startsWith(`${path}/`)))
          expect(at(back, path)).toEqual(after)
      for (const { path, after } of diff({}, a))
        if (![...foreign, ...fresh].some((one) => meet(one.path, path))) expect(at(back, path)).toEqual(after)
    })
  })

  test('with a hostile earlier state changes nothing else', () => {
    const evil: State = JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}')
    const back = restore(evil, [], evil)
    expect(({} as Record<string, unknown>).admin).toBeUndefined()
    expect(canonical(back)).toBe(canonical(evil))
    expect(Object.keys(back).sort()).toEqual(['__proto__', 'constructor'])
  })
})

const at = (state: State, path: string): Json | undefined =>
  diff({}, state).find((leaf) => leaf.path === path)?.after

const meet = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`)
