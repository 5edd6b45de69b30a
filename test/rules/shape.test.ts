import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { listedIn, readProjectFile, sourcesBelow } from '../../cli/shell/project.ts'
import { type Duration, milliseconds, modes, severities } from '../../engine/rule.ts'
import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'

const files = listedIn('rules')
const read = (name: string) => readProjectFile(files.get(name) ?? '') ?? ''

const all = rules.map((rule) => [rule.name, rule] as const)

test('every rule is in the index, in the order of the names', () => {
  const names = sourcesBelow('rules')
    .filter((file) => / = rule\(\{$/m.test(readProjectFile(file) ?? ''))
    .map((file) => basename(file, '.ts'))
  expect(rules.map(({ name }) => name)).toEqual(names.sort())
})

test.each(all)('%s: file, export and rule have one name', (name) => {
  const exported = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
  expect(read(name)).toContain(`export const ${exported} = rule({`)
  expect(existsSync(fileURLToPath(new URL(`../events/${name}`, import.meta.url)))).toBe(true)
})

// A public key stays public: its owner needs time to replace it.
const late: Record<string, Duration> = { 'health-exposed-key': '90d' }

test.each(all)(
  '%s is short and complete',
  (name, { because, severity, attack, mode, release, thresholds }) => {
    // A threshold is part of its rule's file; steps take a line for each way to reach them.
    const code = read(name)
      .split('\n')
      .filter((line) => line.trim() && !/^(import |\s*\/\/|\/\*\*|\s*\*)/.test(line))
    expect(code.length).toBeLessThanOrEqual(thresholds.length > 0 ? 30 : 18)
    expect(because).toMatch(/^[A-Z][^\n]{10,110}[^.]\.$/)
    expect(severities).toContain(severity)
    expect(modes).toContain(mode)
    expect(attack.length).toBeGreaterThan(1)
    for (const id of attack)
      expect(id).toMatch(/^(T\d{4}(\.\d{3})?|AML\.T\d{4}(\.\d{3})?|LLM(0[1-9]|10)|ASI(0[1-9]|10))$/)
    // Released automatically, and not before a person can have looked.
    expect(milliseconds(release)).toBeGreaterThanOrEqual(milliseconds('1h'))
    if (late[name]) expect(release).toBe(late[name])
    else expect(milliseconds(release)).toBeLessThanOrEqual(milliseconds('7d'))
  },
)

// A role's session lasts 12 hours at most; sessions of the next 30 seconds are denied too, while the policy propagates.
const sessions = all.filter(([, { then }]) => then['deny-session'] || then['revoke-sessions'])

test('there are rules that deny sessions', () => expect(sessions).not.toEqual([]))

test.each(sessions)('%s denies sessions for longer than they last', (_, { release }) => {
  expect(milliseconds(release)).toBeGreaterThan(milliseconds('12h') + milliseconds('30s'))
})

test.each(all)('%s matches events of AWS or the stack, and calls existing playbooks', (_, { when, then }) => {
  const { source } = when as { source: string[] }
  expect(source.length).toBe(1)
  for (const one of source) expect(one).toMatch(/^(aws\.[a-z0-9-]+|portcullis)$/)
  expect(Object.keys(then).length).toBeGreaterThan(0)
  const names = playbooks.map(({ name }): string => name)
  for (const name of Object.keys(then)) expect(names).toContain(name)
})
