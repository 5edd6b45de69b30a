import { sanitize } from '../../lib/text/sanitize.ts'
import type { PatternCode } from '../../matching/codes.ts'
import { type AuthoringCode, authoringCodes } from './codes.ts'

/** Something that `portcullis validate` has to say. Every text is inert. */
export interface AuthoringFinding {
  code: AuthoringCode | PatternCode
  level: 'error' | 'warning'
  title: string
  /** What is wrong here. */
  problem: string
  /** `file:line:column`, as far as it is known. */
  where: string
  why: string
  fix: string
}

/** Whether it is an error of ours: EventBridge takes a rule that can never match, and then nobody is ever told. */
export const isFatal = (code: string): boolean => code.startsWith('E') || code === 'W2104'

/** A finding; what is not told is what its code says of all of them. */
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
