import { parseJson } from '../lib/parse-json.ts'
import { compile } from './compile.ts'
import { matches } from './matches.ts'
import { PatternError } from './pattern-error.ts'

/** The result of a pattern for an event: whether it matches, or `error` if EventBridge rejects the pattern. */
export type CaseVerdict = boolean | 'error'

/** The result of one line `{pattern, event, expect}`. */
export interface CaseResult {
  /** From 1. */
  line: number
  expect?: CaseVerdict
  got?: CaseVerdict
  agrees: boolean
  /** Why the pattern is rejected, or why the line is unreadable. */
  error?: string
}

export interface CasesSummary {
  cases: number
  agree: number
  disagree: number
  /** Lines that are not cases; they are not counted as such. */
  unreadable: number
}

/** Yields a result for each line and returns the totals. Skips empty lines. Does not throw for the content of a line. */
export async function* evaluateCases(
  lines: AsyncIterable<string>,
): AsyncGenerator<CaseResult, CasesSummary, undefined> {
  const summary = { cases: 0, agree: 0, disagree: 0, unreadable: 0 }
  let line = 0
  for await (const text of lines) {
    line++
    if (text.trim() === '') continue
    const result = { line, ...evaluateLine(text) }
    if (result.got === undefined) summary.unreadable++
    else {
      summary.cases++
      summary[result.agrees ? 'agree' : 'disagree']++
    }
    yield result
  }
  return summary
}

function evaluateLine(text: string): Omit<CaseResult, 'line'> {
  const read = caseIn(text)
  if ('error' in read) return { agrees: false, error: read.error }
  const { pattern, event, expect } = read
  try {
    const got = matches(compile(pattern), event)
    return { expect, got, agrees: got === expect }
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    return { expect, got: 'error', agrees: expect === 'error', error: `${error.code} ${error.message}` }
  }
}

type Case = { pattern: unknown; event: unknown; expect: CaseVerdict }

function caseIn(text: string): Case | { error: string } {
  const record = parseJson(text)
  if (record === undefined) return { error: 'not JSON' }
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    return { error: 'not a JSON object' }
  const missing = ['pattern', 'event', 'expect'].filter((key) => !Object.hasOwn(record, key))
  if (missing.length > 0) return { error: `without ${missing.join(', ')}` }
  const one = record as Case
  return typeof one.expect === 'boolean' || one.expect === 'error'
    ? one
    : { error: 'expect is not true, false or "error"' }
}
