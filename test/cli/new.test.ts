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

const rule = 'rules/identity/my-rule.ts'

// That its drafts pass every check: test/cli/authoring/new.test.ts.
describe('new', () => {
  it('lists the files that it wrote, and the next command', async () => {
    const { code, out, err } = await copy.sh('portcullis new rule my-rule --room identity --json')
    expect([code, err]).toEqual([0, expect.any(String)])
    const { written, next } = JSON.parse(out)
    expect(next).toBe('portcullis test my-rule')
    expect(written.map(({ path }: { path: string }) => path)).toEqual([
      rule,
      'rules/index.ts',
      'test/events/my-rule/fires.json',
      'test/events/my-rule/not.json',
      'test/events/my-rule/not-archived.json',
      'test/rules/expected.ts',
    ])
    for (const { path } of written) expect(existsSync(join(copy.folder, path)), path).toBe(true)
  })

  it('overwrites files only with --force', async () => {
    writeFileSync(join(copy.folder, rule), `${read(rule)}// mine\n`)
    const { code, err } = await copy.sh('portcullis new rule my-rule --room identity')
    expect([code, err]).toEqual([2, expect.stringContaining(rule)])
    expect(err).toContain('--force')
    expect(read(rule)).toContain('// mine')

    const before = [read('rules/index.ts'), read('test/rules/expected.ts')]
    expect((await copy.sh('portcullis new rule my-rule --room identity --force')).code).toBe(0)
    expect(read(rule)).not.toContain('// mine')
    expect([read('rules/index.ts'), read('test/rules/expected.ts')]).toEqual(before)
  })

  it.each([
    [['rule', 'X'], '"X" is not a valid name for a rule'],
    [['rule', '../x'], 'is not a valid name for a rule'],
    [['rule', 'x', '--room', '../y'], 'is not a valid name for a folder'],
    [['ruel', 'x'], 'Did you mean rule?'],
    [['rule', 'x', '--playbook', 'deny-inferenc'], 'Did you mean deny-inference?'],
    [['rule', 'x', '--event', 'GuardDuty Findings'], 'Did you mean "GuardDuty Finding"?'],
    [['playbook', 'x', '--target', 'instanceid'], 'Did you mean instanceId?'],
    [['playbook', 'x', '--target', 'apiName,stagename'], 'Did you mean stageName?'],
  ])('refuses %j with exit code 2, and shows a fix', async (args, says) => {
    const { code, out, err } = await portcullis(['new', ...args])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(says)
    expect(err).toMatch(/\n {2}fix {4}.+\n$/)
  })
})
