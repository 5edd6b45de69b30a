import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Copy, copyOf } from './authoring/copy.ts'
import { portcullis } from './shell.ts'

let copy: Copy
beforeAll(() => {
  copy = copyOf()
})
afterAll(() => copy?.remove())

const read = (path: string) => readFileSync(join(copy.folder, path), 'utf8')

// That what it writes is green: test/cli/authoring/new.test.ts.
describe('new', () => {
  it('says what it wrote, and what to type next', async () => {
    const { code, out } = await copy.sh('portcullis new rule my-rule --json')
    expect(code).toBe(0)
    const { written, next } = JSON.parse(out)
    expect(next).toBe('portcullis test my-rule')
    expect(written.map(({ path }: { path: string }) => path)).toEqual([
      'rules/my-rule.ts',
      'rules/index.ts',
      'test/events/my-rule/fires.json',
      'test/events/my-rule/not.json',
      'test/events/my-rule/not-archived.json',
      'test/rules/expected.ts',
    ])
    for (const { path } of written) expect(existsSync(join(copy.folder, path)), path).toBe(true)
  })

  it('overwrites nothing, unless that is said', async () => {
    writeFileSync(join(copy.folder, 'rules/my-rule.ts'), `${read('rules/my-rule.ts')}// mine\n`)
    const { code, err } = await copy.sh('portcullis new rule my-rule')
    expect([code, err]).toEqual([2, expect.stringContaining('rules/my-rule.ts')])
    expect(err).toContain('--force')
    expect(read('rules/my-rule.ts')).toContain('// mine')

    const before = [read('rules/index.ts'), read('test/rules/expected.ts')]
    expect((await copy.sh('portcullis new rule my-rule --force')).code).toBe(0)
    expect(read('rules/my-rule.ts')).not.toContain('// mine')
    expect([read('rules/index.ts'), read('test/rules/expected.ts')]).toEqual(before)
  })

  it.each([
    [['rule', 'X'], '"X" is no name of a rule'],
    [['rule', '../x'], 'is no name of a rule'],
    [['ruel', 'x'], 'Did you mean rule?'],
    [['rule', 'x', '--playbook', 'deny-inferenc'], 'Did you mean deny-inference?'],
    [['rule', 'x', '--event', 'GuardDuty Findings'], 'Did you mean "GuardDuty Finding"?'],
    [['rule', 'x', '--playbook', 'throttle-stage'], 'names no apiName stageName'],
    [['playbook', 'x', '--target', 'instanceid'], 'Did you mean instanceId?'],
  ])('refuses %j with 2, and says what to do', async (args, says) => {
    const { code, out, err } = await portcullis(['new', ...args])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(says)
    expect(err).toMatch(/\n {2}fix {4}.+\n$/)
  })
})
