import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compile } from '../../matching/compile.ts'
import { matches } from '../../matching/matches.ts'
import { PatternError } from '../../matching/pattern-error.ts'

/** Patterns and events with what AWS, or AWS's own engine, says of them; not part of this project. */
const folder = new URL('../../../shared/fixtures/patterns/', import.meta.url)

function verdict(pattern: unknown, event: unknown): boolean | 'error' {
  try {
    return matches(compile(pattern), event)
  } catch (error) {
    if (error instanceof PatternError) return 'error'
    throw error
  }
}

if (!existsSync(folder)) {
  test.skip('AWS’s verdicts: skipped, for ../shared/fixtures/patterns is not on this machine', () => {})
  console.warn('Not compared with AWS’s verdicts: ../shared/fixtures/patterns is not on this machine.')
} else
  describe.each(readdirSync(folder).filter((file) => file.endsWith('.jsonl')))(
    '%s: AWS says the same of',
    (file) => {
      const cases = readFileSync(new URL(file, folder), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      test.each(cases.map((one, at) => [`line ${at + 1}, ${one.name}`, one] as const))('%s', (_, one) => {
        expect(verdict(one.pattern, one.event)).toBe(one.expect)
      })
    },
  )
