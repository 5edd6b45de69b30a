import type { Code } from './codes.ts'
import type { Condition } from './matcher.ts'

/** What a condition does, without its place in the pattern. */
export type Meaning = Pick<Condition, 'accepts' | 'compares'>

/** Why EventBridge refuses an operand, without its place in the pattern. */
export interface Refusal {
  code: Code
  problem: string
  fix?: string
}

export const refuse = (code: Code, problem: string, fix?: string): Refusal => ({
  code,
  problem,
  ...(fix !== undefined && { fix }),
})
