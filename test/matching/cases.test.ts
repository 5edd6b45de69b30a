import { expect, test } from 'vitest'
import { evaluateCases } from '../../matching/cases.ts'

async function evaluated(lines: string[]) {
  async function* stream() {
    yield* lines
  }
  const [results, evaluation] = [[] as unknown[], evaluateCases(stream())]
  for (;;) {
    const { done, value } = await evaluation.next()
    if (done) return { results, summary: value }
    results.push(value)
  }
}

const line = (pattern: unknown, event: unknown, expect: unknown) =>
  JSON.stringify({ pattern, event, expect, name: 'x' })

test('each line has its own result, and the totals follow', async () => {
  const { results, summary } = await evaluated([
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
      error: "E2005 a[0].prefx: 'prefx' is not an operator",
    },
  ])
  expect(summary).toEqual({ cases: 4, agree: 2, disagree: 2, unreadable: 0 })
})

test('a line that is not a case is reported, and the next one is evaluated', async () => {
  const { results, summary } = await evaluated([
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
    { line: 5, agrees: false, error: 'expect is not true, false or "error"' },
    { line: 6, expect: false, got: false, agrees: true },
  ])
  expect(summary).toEqual({ cases: 1, agree: 1, disagree: 0, unreadable: 5 })
})
