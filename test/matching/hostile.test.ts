import { describe, expect, test } from 'vitest'
import { evaluateCases } from '../../matching/cases.ts'
import { compile } from '../../matching/compile.ts'
import { explain } from '../../matching/explain.ts'
import { indexRules } from '../../matching/index-rules.ts'
import { matches } from '../../matching/matches.ts'
import { PatternError } from '../../matching/pattern-error.ts'
import { problems } from '../../matching/validate.ts'
import { rules } from '../../rules/index.ts'

const deep = 10_000
const nested = (open: string, inner: string, close: string): string =>
  open.repeat(deep) + inner + close.repeat(deep)
const there = [{ exists: true }]

const took = (work: () => unknown): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

describe('10,000 levels', () => {
  test.each([
    ['objects', nested('{"a":', '1', '}')],
    ['arrays', `{"a":${nested('[', '1', ']')}}`],
    ['arrays with values', `{"a":${nested('[1,', '2', ']')}}`],
    ['both', nested('{"a":[', '1', ']}')],
    ['dotted keys', nested('{"a.a":', '1', '}')],
  ])('of %s in an event are looked through, and nothing breaks', (_, text) => {
    const event = JSON.parse(text)
    for (const pattern of [{ a: [2] }, { a: { a: [2], b: there } }, { a: [{ exists: false }] }]) {
      expect(typeof matches(compile(pattern), event)).toBe('boolean')
      expect(typeof explain(pattern, event).sentence).toBe('string')
    }
    expect(indexRules(rules).matching({ ...event, source: event, detail: event })).toEqual([])
  })

  test.each([
    ['objects', nested('{"a":', '[1]', '}')],
    ['lists', `{"a":${nested('[', '1', ']')}}`],
    ['$or', nested('{"$or":[{"b":[1]},', '{"a":[1]}', ']}')],
    ['operators', `{"a":[${nested('{"anything-but":', '1', '}')}]}`],
  ])('of %s in a pattern are refused', (_, text) => {
    expect(() => compile(JSON.parse(text))).toThrow(PatternError)
    expect(problems(text)[0]).toMatchObject({ level: 'error' })
  })

  test('in a case are evaluated like any others', async () => {
    async function* lines() {
      yield `{"pattern":${nested('{"a":', '[1]', '}')},"event":{},"expect":"error"}`
      yield `{"pattern":{"a":[1]},"event":${nested('{"a":', '1', '}')},"expect":false}`
      yield nested('[', '', ']')
    }
    const results = []
    for await (const one of evaluateCases(lines())) results.push(one.agrees)
    expect(results).toEqual([true, true, false])
  })
})

describe('large inputs', () => {
  test('arrays with a trillion combinations are not enumerated', () => {
    const list = Array.from({ length: 2000 }, (_, at) => ({ x: 1, y: 1, at }))
    const event = { a: list, b: [...list], c: [...list], d: [...list, { z: 1 }] }
    const both = { x: [1], y: [1] }
    const matcher = compile({ a: both, b: both, c: both, d: { x: [1], z: [1] } })
    expect(took(() => expect(matches(matcher, event)).toBe(false))).toBeLessThan(2000)
  })

  test('a large array whose elements each lack one field is visited once', () => {
    const event = { d: [{ i: [...Array.from({ length: 20_000 }, () => ({ a: 1 })), { b: 1 }] }] }
    const matcher = compile({ d: { i: { a: [1], b: [1] } } })
    expect(took(() => expect(matches(matcher, event)).toBe(false))).toBeLessThan(2000)
  })

  test('100,000 matching values are tried once', () => {
    const event = { d: [{ t: Array.from({ length: 100_000 }, () => 'x'), u: 'y' }, { v: 'z' }] }
    const matcher = compile({ d: { t: ['x'], u: ['y'], v: ['z'] } })
    expect(took(() => expect(matches(matcher, event)).toBe(false))).toBeLessThan(2000)
  })

  test('a wildcard takes linear time', () => {
    const matcher = compile({ a: [{ wildcard: '*aaaa*aaab*aaab*aaab*c' }] })
    expect(took(() => matches(matcher, { a: 'a'.repeat(1_000_000) }))).toBeLessThan(1000)
    const anyCase = compile({ a: [{ suffix: { 'equals-ignore-case': `${'a'.repeat(50)}b` } }] })
    expect(took(() => matches(anyCase, { a: 'aA'.repeat(500_000) }))).toBeLessThan(1000)
  })

  test('a pattern that would exceed the memory is rejected', () => {
    const ways = { $or: Array.from({ length: 100 }, (_, at) => ({ a: [at] })) }
    expect(() => compile({ x: ways, y: ways, z: ways })).toThrow(expect.objectContaining({ code: 'E2012' }))
    const fields = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`f${at}`, [1]]))
    expect(() => compile(fields)).toThrow(expect.objectContaining({ code: 'E2012' }))
    expect(problems(JSON.stringify(fields)).map(({ code }) => code)).toEqual(['E2012'])
  })

  test('rules with many values are indexed too', () => {
    const many = (name: string) => Array.from({ length: 300 }, (_, at) => `${name}-${at}`)
    const when = {
      source: many('s'),
      'detail-type': many('t'),
      detail: { eventSource: many('e'), eventName: many('n') },
    }
    const event = { source: 's-1', 'detail-type': 't-2', detail: { eventSource: 'e-3', eventName: 'n-4' } }
    expect(indexRules([{ name: 'many', when }]).matching(event)).toEqual(['many'])
  })
})
