import type { PatternCode } from './codes.ts'
import { locationText } from './location.ts'
import type { Location } from './matcher.ts'

/** Something in a pattern that EventBridge refuses. */
export interface Fault {
  code: PatternCode
  /** What is wrong, in a few words. */
  problem: string
  /** What to write instead, where that is known. */
  fix?: string
  at: Location
}

/** A pattern that EventBridge would not take: the first fault in it. */
export class PatternError extends Error {
  override name = 'PatternError'
  readonly code: PatternCode
  readonly at: Location
  readonly fix: string | undefined

  constructor({ code, problem, fix, at }: Fault) {
    super(`${locationText(at) || 'The pattern'}: ${problem}`)
    this.code = code
    this.at = at
    this.fix = fix
  }
}
