import type { Matcher } from './matcher.ts'
import { PatternError } from './pattern-error.ts'
import { readPattern } from './read-pattern.ts'

/** A pattern, ready to match. Throws PatternError for what EventBridge refuses. */
export function compile(pattern: unknown): Matcher {
  const { branches, faults } = readPattern(pattern)
  const [first] = faults
  if (first) throw new PatternError(first)
  return { branches }
}
