import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../matching/compile.ts'
import { explain } from '../../matching/explain.ts'
import { indexRules } from '../../matching/index-rules.ts'
import { matches } from '../../matching/matches.ts'
import { naively } from './engine.ts'

// Few names and values, so that they meet.
const text = fc.stringMatching(/^[abA]{0,3}$/)
const number = fc.constantFrom(-1, 0, 1, 2, 7)
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null))
const key = fc.constantFrom('a', 'b', 'c', 'a.b')

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}))
const event = fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true })

const wildcard = fc
  .array(text, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('*').replace(/\*+/g, '*'))
const filled = text.filter((one) => one !== '')
const some = <T>(one: fc.Arbitrary<T>) => fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 2 }))
const range = fc
  .tuple(fc.constantFrom('>', '>='), number, fc.constantFrom('<', '<='), number)
  .filter(([, low, , high]) => low < high)
const condition = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.record({ prefix: text }),
  fc.record({ suffix: text }),
  fc.record({ 'equals-ignore-case': text }),
  fc.record({ wildcard }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ numeric: fc.oneof(fc.tuple(fc.constantFrom('<', '<=', '=', '>', '>='), number), range) }),
  fc.record({ 'anything-but': fc.oneof(some(text), some(number)) }),
  fc.record({
    'anything-but': fc.oneof(fc.record({ prefix: some(filled) }), fc.record({ suffix: some(filled) })),
  }),
  fc.record({
    'anything-but': fc.oneof(
      fc.record({ wildcard: some(wildcard) }),
      fc.record({ 'equals-ignore-case': some(text) }),
    ),
  }),
)
const conditions = fc.array(condition, { minLength: 1, maxLength: 2 })
const { pattern } = fc.letrec<{ pattern: object; inner: object }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3 },
    fc.dictionary(key, tie('inner'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    fc
      .tuple(
        fc.dictionary(key, tie('inner'), { maxKeys: 1, noNullPrototype: true }),
        fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }),
      )
      .map(([fields, $or]) => ({ ...fields, $or })),
  ),
  inner: fc.oneof({ maxDepth: 3 }, { weight: 3, arbitrary: conditions }, tie('pattern')),
})) as { pattern: fc.Arbitrary<object> }

const does = (pattern: object, event: unknown) => matches(compile(pattern), event)

test('a matcher and a naive implementation of the engine agree on every pattern and event', () => {
  let matched = 0
  fc.assert(
    fc.property(pattern, event, (pattern, event) => {
      const expected = naively(pattern, event)
      matched += Number(expected)
      return does(pattern, event) === expected
    }),
    { numRuns: 20_000 },
  )
  // Otherwise little would have been compared.
  expect(matched).toBeGreaterThan(1000)
})

test('anything-but is the complement of the same condition, for one value', () => {
  const but = fc.oneof(
    some(text),
    fc.record({ prefix: filled }),
    fc.record({ suffix: filled }),
    fc.record({ wildcard }),
  )
  fc.assert(
    fc.property(but, scalar, (but, v) => {
      const positive = typeof but === 'string' ? [but] : Array.isArray(but) ? but : [but]
      return does({ v: [{ 'anything-but': but }] }, { v }) !== does({ v: positive }, { v })
    }),
    { numRuns: 3000 },
  )
})

const withoutAbsent = pattern.filter((one) => !JSON.stringify(one).includes('"exists":false'))

test('a further field never prevents a match, unless the pattern requires a missing one', () => {
  fc.assert(
    fc.property(withoutAbsent, event, fc.string(), value, (pattern, event, name, value) => {
      fc.pre(does(pattern, event) && !Object.hasOwn(event, name))
      return does(pattern, { ...event, [name]: value })
    }),
    { numRuns: 400 },
  )
})

test('$or matches what one of its patterns matches', () => {
  fc.assert(
    fc.property(pattern, pattern, event, (one, other, event) => {
      return does({ $or: [one, other] }, event) === (does(one, event) || does(other, event))
    }),
    { numRuns: 5000 },
  )
})

test('explain agrees with matches, and names a field if nothing matches', () => {
  fc.assert(
    fc.property(pattern, event, (pattern, event) => {
      const { matched, failed } = explain(pattern, event)
      return matched === does(pattern, event) && matched === (failed === undefined)
    }),
    { numRuns: 5000 },
  )
})

test('an index finds what a loop finds, even for unusual sources and types', () => {
  const head = fc.constantFrom('aws.iam', 'aws.bedrock', 'x')
  const when = fc
    .tuple(
      fc.array(head, { minLength: 1, maxLength: 2 }),
      fc.option(fc.array(head, { minLength: 1 })),
      pattern,
    )
    .map(([source, type, rest]) => ({ ...rest, source, ...(type && { 'detail-type': type }) }))
  const odd = fc.oneof(head, fc.array(head), fc.constant(null))
  const sent = fc
    .tuple(odd, odd, event)
    .map(([source, type, rest]) => ({ ...rest, source, 'detail-type': type }))
  fc.assert(
    fc.property(fc.array(fc.oneof(when, pattern), { maxLength: 6 }), sent, (patterns, event) => {
      const rules = patterns.map((when, at) => ({ name: `rule-${at}`, when }))
      const looped = rules.filter(({ when }) => does(when, event)).map(({ name }) => name)
      expect(indexRules(rules).matching(event)).toEqual(looped)
    }),
    { numRuns: 3000 },
  )
})

test('no JSON event makes it throw', () => {
  fc.assert(
    fc.property(pattern, fc.jsonValue(), (pattern, event) => {
      expect(typeof does(pattern, event)).toBe('boolean')
    }),
    { numRuns: 3000 },
  )
})
