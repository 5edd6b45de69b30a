import { expect, test } from 'vitest'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { Rule } from '../../engine/rule.ts'
import { targetsOf } from '../../engine/targets.ts'
import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'
import { samples } from './events.ts'
import { expected, here } from './expected.ts'

test('every event is expected, and every expectation has its event', () => {
  expect(samples.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort())
})

test.each(rules.map(({ name }) => name))(
  '%s has an event that matches and one that narrowly does not',
  (name) => {
    const own = samples
      .filter(({ rule }) => rule === name)
      .map((one) => expected[one.name]?.fires.includes(name))
    expect(own).toContain(true)
    expect(own).toContain(false)
  },
)

/** An event with its rule, what is expected of it, and the playbooks that the rule calls. */
const cases = samples
  .filter(({ name, rule }) => expected[name]?.fires.includes(rule))
  .map(({ name, rule, event }) => {
    const it = rules.find((one) => one.name === rule) as Rule
    const called = (playbooks as readonly AnyPlaybook[]).filter((one) => it.then[one.name])
    return { ...expected[name], name, event, it, called }
  })

test.each(cases.filter(({ targets }) => targets))('$name', ({ event, it, called, subject, targets = {} }) => {
  const found = called.map((playbook) => ({ playbook: playbook.name, ...targetsOf(playbook, it, event) }))
  for (const one of found) expect(one.subject, one.playbook).toBe(subject)
  expect(Object.fromEntries(found.map((one) => [one.playbook, one.targets]))).toEqual(
    Object.fromEntries(
      Object.entries(targets).map(([playbook, aims]) => [playbook, aims.map((aim) => ({ ...here, ...aim }))]),
    ),
  )
})

// A playbook must not act on an invalid target; notify may report it.
test.each(cases.filter(({ unreadable }) => unreadable))('$name', ({ event, it, called, unreadable }) => {
  const errors = called.flatMap((playbook) => {
    try {
      const { targets } = targetsOf(playbook, it, event)
      expect(playbook.name === 'notify' || targets.length === 0, playbook.name).toBe(true)
      return []
    } catch (error) {
      return [String(error)]
    }
  })
  expect(errors.join('\n')).toMatch(unreadable as RegExp)
})
