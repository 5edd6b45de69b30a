import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IAMClient, TagRoleCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../cloud.ts'
import { scene } from '../scenes/identity/deny-inference.ts'
import type { Stage } from '../scenes/scene.ts'
import { portcullis, root, shell } from './shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'portcullis-simulate-'))
const source = join(root, 'test/events/bedrock-model-access-enabled/fires.json')
const rule = 'bedrock-model-access-enabled'
/** The event, as it would come from the account of the emulator. */
const here = join(folder, 'event.json')
writeFileSync(here, readFileSync(source, 'utf8').replaceAll('111122223333', '123456789012'))

describe('without looking at the account', () => {
  it('says what is aimed at whom, with which permissions, and asks AWS nothing', async () => {
    const closed = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }
    const { code, out, err } = await portcullis(['simulate', source, '--offline'], closed)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`match  ${rule} (1 of `)
    expect(out).toContain('deny-inference would contain role/rag-indexer in 111122223333 us-east-1\n')
    expect(out).toContain('plan   unknown without reads')
    expect(out.replace(/\s+/g, ' ')).toContain('writes iam:AttachRolePolicy, iam:AttachUserPolicy, ')
    expect(out).toContain('    as     portcullis-dev-deny-inference-function\n')
    expect(out.trimEnd().split('\n').at(-1)).toBe('No changes were made.')
  })

  it('is one document for a program', async () => {
    const { out } = await shell(`$P simulate - --offline --json < ${source}`)
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      rules: [rule],
      caller: null,
      ceiling: null,
      changed: false,
      steps: [
        { playbook: 'deny-inference', decision: 'contain', plan: null, unknown: 'unknown without reads' },
        { playbook: 'notify', decision: 'none' },
      ],
    })
  })

  it('says so when no rule matches', async () => {
    const calm = join(root, 'test/events/bedrock-model-access-enabled/not-denied.json')
    const { code, out } = await portcullis(['simulate', calm])
    expect(code).toBe(0)
    expect(out).toContain(`No rule matches: nothing would be done.   portcullis explain ${calm}`)
  })

  it('ends with 3 when there is no event, with 6 when AWS knows nobody', async () => {
    expect((await portcullis(['simulate', '-'])).code).toBe(3)
    expect((await shell('echo nonsense | $P simulate - --json')).code).toBe(3)
    const nobody = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }
    const { code, err } = await portcullis(['simulate', source], nobody)
    expect([code, err]).toEqual([6, expect.stringContaining('error[no-credentials]')])
  })
})

describe('with a look at the account', () => {
  let cloud: Cloud
  let stage: Stage
  beforeAll(async () => {
    cloud = await startCloud()
    await cloud.reset()
    stage = await scene.build()
  })
  afterAll(() => cloud?.stop())
  const run = (...args: string[]) =>
    portcullis(['simulate', here, '--stage', 'test', ...args], { AWS_ENDPOINT_URL: cloud.tap.url })

  it('shows the plan and its way back, and changes nothing', async () => {
    const before = await stage.look()
    const { code, out, err } = await run()
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/ {4}plan [0-9a-f]{7} {3}1 change, can be undone\n {6}[+~] /)
    expect(out).toMatch(/ {4}undo {3}after .*\n {6}[-~] /)
    expect(out).toContain('The ceiling is not known')
    expect(out).toContain('the deployed functions use their own roles')
    expect(await stage.look()).toEqual(before)
    expect(await cloud.containments()).toEqual([])
    expect(await cloud.notices()).toEqual([])
  })

  it('gives a program the plan and its hash', async () => {
    const { out } = await run('--json')
    const { steps, caller } = JSON.parse(out)
    expect(caller).toMatch(/^arn:aws:/)
    expect(steps[0]).toMatchObject({
      playbook: 'deny-inference',
      role: 'portcullis-test-deny-inference',
      plan: { hash: expect.stringMatching(/^[0-9a-f]{64}$/), undo: true },
      release: [expect.anything()],
    })
  })

  it('ends with 6 where the target is in another account than the credentials, and says so', async () => {
    const { code, err, out } = await portcullis(['simulate', source], { AWS_ENDPOINT_URL: cloud.tap.url })
    expect(code).toBe(6)
    expect(out).toContain('No changes were made.')
    expect(err).toContain('the target is in account 111122223333, and these credentials are of 123456789012')
  })

  it('says that a protected target would be held back', async () => {
    const Tags = [{ Key: 'portcullis:protected', Value: 'true' }]
    await new IAMClient({}).send(new TagRoleCommand({ RoleName: 'rag-indexer', Tags }))
    const { code, out } = await run()
    expect(code).toBe(0)
    expect(out).toContain('deny-inference would be held back from role/rag-indexer')
    expect(out).toContain('tagged portcullis:protected')
  })
})
