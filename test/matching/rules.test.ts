import { expect, test } from 'vitest'
import { compile } from '../../matching/compile.ts'
import { explain } from '../../matching/explain.ts'
import { indexRules } from '../../matching/index-rules.ts'
import { matches } from '../../matching/matches.ts'
import { problems } from '../../matching/validate.ts'
import { rules } from '../../rules/index.ts'
import { samples } from '../rules/events.ts'
import { expected } from '../rules/expected.ts'

const index = indexRules(rules)

test.each(samples.map(({ name, event }) => [name, event] as const))(
  '%s fires what it should',
  (name, event) => {
    expect(index.matching(event)).toEqual(expected[name]?.fires)
    expect(rules.filter(({ when }) => matches(compile(when), event)).map(({ name }) => name)).toEqual(
      expected[name]?.fires,
    )
  },
)

const should = (name: string) => /\/fires/.test(name)

test.each(samples.map(({ name, rule, event }) => [name, rule, event] as const))(
  '%s is what its name says, to its own rule',
  (name, rule, event) => {
    const { when } = rules.find((one) => one.name === rule) ?? { when: {} }
    expect(explain(when, event).matched).toBe(should(name))
  },
)

test.each(rules.map(({ name, when }) => [name, when] as const))(
  '%s: nothing to complain of',
  (name, when) => {
    expect(problems(JSON.stringify(when), name)).toEqual([])
  },
)
