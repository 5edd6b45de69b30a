import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from '../../cli/shell/project.ts'
import { files } from './sources.ts'

/** Words that a guide of this field does not use, and the sentence that reads as translated: "is no duration". */
const worst = [
  /\b(some|no|any|every)body\b/i,
  /\bwho(so)?ever\b/i,
  /(?<![Tt]here )\b(is|are|was|were) no (?!longer\b|more than\b|different\b|later than\b|earlier than\b)[a-z]/,
]

/** Where one of them stands on purpose, and why. */
const allowed: Record<string, RegExp> = {
  // The list of the words themselves.
  'test/house/english.test.ts': /./,
  // Asserts that these words are kept out.
  'CONTRIBUTING.md': /somebody|"is no/,
}

const prose = /\.(ts|mjs|cjs|md|yml|py|txt)$|^\.ci\/run$/
// Recorded texts of others, and what is generated from sources that are checked here themselves.
const given = /^(docs\/reference\/|package-lock|LICENSE|test\/events\/)/

test('sentences are plain English', () => {
  const found = files
    .filter((path) => prose.test(path) && !given.test(path))
    .flatMap((path) =>
      textOf(path)
        .split('\n')
        .flatMap((line, index) =>
          worst.some((one) => one.test(line)) && !allowed[path]?.test(line)
            ? [`${path}:${index + 1}: ${line.trim()}`]
            : [],
        ),
    )
  expect(found).toEqual([])
})

function textOf(path: string): string {
  try {
    return readFileSync(root + path, 'utf8')
  } catch {
    return ''
  }
}
