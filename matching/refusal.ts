import type { PatternCode } from './codes.ts'
import type { Condition } from './matcher.ts'

/** What a condition does, without its place in the pattern. */
export type Meaning = Pick<Condition, 'accepts' | 'compares'>

/** Why EventBridge refuses an operand, without its place in the pattern. */
export interface PatternRefusal {
  code: PatternCode
  problem: string
  fix?: string
}

export const refusePattern = (code: PatternCode, problem: string, fix?: string): PatternRefusal => ({
  code,
  problem,
  ...(fix !== undefined && { fix }),
})
