import { sanitize } from '../../lib/text/sanitize.ts'
import type { PatternCode } from '../../matching/codes.ts'
import { type AuthoringCode, authoringCodes } from './codes.ts'

/** A finding of `portcullis validate`. Its texts contain no control characters. */
export interface AuthoringFinding {
  code: AuthoringCode | PatternCode
  level: 'error' | 'warning'
  title: string
  /** What is wrong here. */
  problem: string
  /** `file:line:column`, or as much of it as is known. */
  where: string
  why: string
  fix: string
}

/** Whether validation fails. W2104 does too: EventBridge accepts a rule that can never match, and then no one is notified. */
export const isFatal = (code: string): boolean => code.startsWith('E') || code === 'W2104'

/** A finding. `why` and `fix` are those of its code unless given. */
export function findingOf(
  code: AuthoringCode,
  where: string,
  problem: string,
  more: { fix?: string; why?: string } = {},
): AuthoringFinding {
  const { title, why, fix } = authoringCodes[code]
  return {
    code,
    level: isFatal(code) ? 'error' : 'warning',
    title,
    problem: sanitize(problem, 300),
    where: sanitize(where, 200),
    why: sanitize(more.why ?? why, 500),
    fix: sanitize(more.fix ?? fix, 300),
  }
}
