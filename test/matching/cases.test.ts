import { expect, test } from 'vitest'
import { judgeCases } from '../../matching/cases.ts'

async function judged(lines: string[]) {
  async function* stream() {
    yield* lines
  }
  const [results, judge] = [[] as unknown[], judgeCases(stream())]
  for (;;) {
    const { done, value } = await judge.next()
    if (done) return { results, summary: value }
    results.push(value)
  }
}

const line = (pattern: unknown, event: unknown, expect: unknown) =>
  JSON.stringify({ pattern, event, expect, name: 'x' })

test('each line is judged by itself, and all are summed up', async () => {
  const { results, summary } = await judged([
    line({ a: [1] }, { a: 1 }, true),
    line({ a: [1] }, { a: 2 }, true),
    '',
    line({ a: 1 }, { a: 1 }, 'error'),
    line({ a: [{ prefx: 'x' }] }, {}, false),
  ])
  expect(results).toEqual([
    { line: 1, expect: true, got: true, agrees: true },
    { line: 2, expect: true, got: false, agrees: false },
    { line: 4, expect: 'error', got: 'error', agrees: true, error: 'E2004 a: a value without a list' },
    {
      line: 5,
      expect: false,
      got: 'error',
      agrees: false,
      error: "E2005 a[0].prefx: there is no operator 'prefx'",
    },
  ])
  expect(summary).toEqual({ cases: 4, agree: 2, disagree: 2, unreadable: 0 })
})

test('a line that is no case is said to be none, and the next one is judged', async () => {
  const { results, summary } = await judged([
    '{',
    '[]',
    'null',
    '{"pattern":{}}',
    line({}, {}, 'maybe'),
    line({ a: [1] }, {}, false),
  ])
  expect(results).toEqual([
    { line: 1, agrees: false, error: 'not JSON' },
    { line: 2, agrees: false, error: 'not a JSON object' },
    { line: 3, agrees: false, error: 'not a JSON object' },
    { line: 4, agrees: false, error: 'without event, expect' },
    { line: 5, agrees: false, error: 'expect is neither true, false nor "error"' },
    { line: 6, expect: false, got: false, agrees: true },
  ])
  expect(summary).toEqual({ cases: 1, agree: 1, disagree: 0, unreadable: 5 })
})
