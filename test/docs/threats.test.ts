import { expect, test } from 'vitest'
import { threats } from '../../docs/generate/threats.ts'
import { rules } from '../../rules/index.ts'

test('the table has 60 threats, in the order of their ids', () => {
  const ids = Array.from({ length: 60 }, (_, index) => `THREAT-${String(index + 1).padStart(2, '0')}`)
  expect(Object.keys(threats)).toEqual(ids)
})

test.each(rules.map(({ name, threats: named }) => [name, named] as const))(
  '%s answers threats of the table, each once',
  (_, named) => {
    expect(named.length).toBeGreaterThan(0)
    expect(new Set(named).size).toBe(named.length)
    for (const id of named) expect(Object.keys(threats)).toContain(id)
  },
)
