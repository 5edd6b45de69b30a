import type { Code as PatternCode } from '../match/codes.ts'
import { inert } from '../messages/inert.ts'
import { type Code, codes } from './codes.ts'

/** Something that `portcullis validate` has to say. Every text is inert. */
export interface Finding {
  code: Code | PatternCode
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
export function found(
  code: Code,
  where: string,
  problem: string,
  more: { fix?: string; why?: string } = {},
): Finding {
  const { title, why, fix } = codes[code]
  return {
    code,
    level: isFatal(code) ? 'error' : 'warning',
    title,
    problem: inert(problem, 300),
    where: inert(where, 200),
    why: inert(more.why ?? why, 500),
    fix: inert(more.fix ?? fix, 300),
  }
}
