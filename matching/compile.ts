import type { Matcher } from './matcher.ts'
import { PatternError } from './pattern-error.ts'
import { readPattern } from './read/read-pattern.ts'

/** Prepares a pattern for matching. Throws `PatternError` if EventBridge would reject it. */
export function compile(pattern: unknown): Matcher {
  const { branches, faults } = readPattern(pattern)
  const [first] = faults
  if (first) throw new PatternError(first)
  return { branches }
}
