import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const bench = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../bench/bench.ts'), ...args], {
    encoding: 'utf8',
  })

test('--help prints the options', () => {
  const { status, stdout } = bench('--help')
  expect(status).toBe(0)
  expect(stdout).toContain('--json')
})

test.each([
  [['--fast'], '--fast'],
  [['--playbook', 'unknown'], 'deny-inference'],
  [['deny-inference'], 'deny-inference'],
])('%j is refused with a reason, on stderr only', (args, why) => {
  const { status, stdout, stderr } = bench(...args)
  expect(status).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain(why)
})
