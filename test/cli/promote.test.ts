import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plain, type Ran, root, shell } from './shell.ts'

/** A copy of the project: promote changes its files. */
let copy: string
const apart = ['node_modules', 'test', 'docs', 'policies', 'coverage']
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'portcullis-promote-'))
  const names = (await readdir(root)).filter((name) => !name.startsWith('.') && !apart.includes(name))
  await Promise.all(names.map((name) => cp(join(root, name), join(copy, name), { recursive: true })))
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
})
afterAll(() => rm(copy, { recursive: true, force: true }))

const run = (args: string): Promise<Ran> =>
  shell(`cd ${copy} && ${process.execPath} cli/portcullis.ts promote ${args}`, {
    ...plain,
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_MAX_ATTEMPTS: '1',
  })
const fileOf = (path: string) => readFile(join(copy, path), 'utf8')

describe('promote', () => {
  it('adds one line to the stage, shows it, and deploys nothing', async () => {
    const { code, out } = await run('stage --stage prod --to approve')
    expect(code).toBe(0)
    expect(out).toMatch(/^serverless\.yml:\d+\n\+ {3}prod:\n\+ {5}ceiling: approve\n/)
    expect(out).toContain('git commit -m')
    expect(out).toContain('Nothing was deployed.')
    expect(await fileOf('serverless.yml')).toContain('  prod:\n    ceiling: approve\n')
  })

  it('says that the journal could not be read, and why', async () => {
    const { out } = await run('stage --stage prod --to contain')
    expect(out).toMatch(/^The journal of stage prod could not be read: .+$/m)
  })

  it('changes the mode of a rule, once', async () => {
    const { code, out } = await run('api-flood --to contain')
    expect(code).toBe(0)
    expect(out).toMatch(/^rules\/edge\/api-flood\.ts:\d+\n- {3}mode: 'approve',\n\+ {3}mode: 'contain',\n/)
    expect(await fileOf('rules/edge/api-flood.ts')).toContain("mode: 'contain',")
    const again = await run('api-flood --to contain --json')
    expect(JSON.parse(again.out)).toMatchObject({
      promoted: 'api-flood',
      was: 'contain',
      changed: false,
      diff: [],
    })
  })

  it('promotes the only rule that calls a playbook, and rejects a playbook with several', async () => {
    const only = await run('throttle-stage --to observe --json')
    expect(JSON.parse(only.out)).toMatchObject({ promoted: 'api-flood', to: 'observe' })
    const { code, err } = await run('deny-inference --to approve')
    expect(code).toBe(2)
    expect(err).toMatch(/^error\[usage\] \d+ rules call deny-inference$/m)
    // All of the rules allow that mode; the ceiling of the stage does not.
    expect(err.trimEnd().split('\n').at(-1)).toContain('portcullis promote stage --stage dev --to approve')
  })

  it.each([
    ['api-flod --to approve', 'Did you mean api-flood?'],
    ['api-flood --to aprove', 'Allowed choices are observe, approve, contain'],
    ['api-flood', '--to'],
  ])('%s is a usage error', async (args, says) => {
    const { code, err } = await run(args)
    expect([code, err]).toEqual([2, expect.stringContaining(says)])
  })
})
