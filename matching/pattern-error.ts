import type { PatternCode } from './codes.ts'
import type { PatternLocation } from './matcher.ts'
import { locationText } from './read/location.ts'

/** Something in a pattern that EventBridge rejects. */
export interface PatternFault {
  code: PatternCode
  /** The problem, in a few words. */
  problem: string
  /** What to write instead, if known. */
  fix?: string
  at: PatternLocation
}

/** The first fault in a pattern that EventBridge would reject. */
export class PatternError extends Error {
  override name = 'PatternError'
  readonly code: PatternCode
  readonly at: PatternLocation
  readonly fix: string | undefined

  constructor({ code, problem, fix, at }: PatternFault) {
    super(`${locationText(at) || 'The pattern'}: ${problem}`)
    this.code = code
    this.at = at
    this.fix = fix
  }
}
