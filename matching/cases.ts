import { parseJson } from '../lib/parse-json.ts'
import { compile } from './compile.ts'
import { matches } from './matches.ts'
import { PatternError } from './pattern-error.ts'

/** What a pattern does with an event: it matches or not, or EventBridge refuses the pattern. */
export type CaseVerdict = boolean | 'error'

/** One line: `{pattern, event, expect}`, judged. */
export interface CaseResult {
  /** From 1. */
  line: number
  expect?: CaseVerdict
  got?: CaseVerdict
  agrees: boolean
  /** Why the pattern is refused, or why the line could not be read. */
  error?: string
}

export interface CasesSummary {
  cases: number
  agree: number
  disagree: number
  /** Lines that are no case; they are not among the cases. */
  unreadable: number
}

/** Judges each line as it comes, and sums up at the end. Empty lines are skipped. Never throws for what a line holds. */
export async function* judgeCases(
  lines: AsyncIterable<string>,
): AsyncGenerator<CaseResult, CasesSummary, undefined> {
  const summary = { cases: 0, agree: 0, disagree: 0, unreadable: 0 }
  let line = 0
  for await (const text of lines) {
    line++
    if (text.trim() === '') continue
    const result = { line, ...judge(text) }
    if (result.got === undefined) summary.unreadable++
    else {
      summary.cases++
      summary[result.agrees ? 'agree' : 'disagree']++
    }
    yield result
  }
  return summary
}

function judge(text: string): Omit<CaseResult, 'line'> {
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
  const it = parseJson(text)
  if (it === undefined) return { error: 'not JSON' }
  if (typeof it !== 'object' || it === null || Array.isArray(it)) return { error: 'not a JSON object' }
  const missing = ['pattern', 'event', 'expect'].filter((key) => !Object.hasOwn(it, key))
  if (missing.length > 0) return { error: `without ${missing.join(', ')}` }
  const one = it as Case
  return typeof one.expect === 'boolean' || one.expect === 'error'
    ? one
    : { error: 'expect is neither true, false nor "error"' }
}
