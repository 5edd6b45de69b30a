import type { PatternCode } from '../codes.ts'
import type { Condition } from '../matcher.ts'

/** The test of a condition, without its place in the pattern. */
export type ConditionTest = Pick<Condition, 'accepts' | 'compares'>

/** Why EventBridge rejects an operand, without its place in the pattern. */
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
