import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IAMClient, TagRoleCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../cloud.ts'
import { scene } from '../scenes/identity/deny-inference.ts'
import type { BuiltScene } from '../scenes/scene.ts'
import { portcullis, root, shell } from './shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'portcullis-simulate-'))
const source = join(root, 'test/events/bedrock-model-access-enabled/fires.json')
const rule = 'bedrock-model-access-enabled'
/** The event, as it would come from the account of the emulator. */
const here = join(folder, 'event.json')
writeFileSync(here, readFileSync(source, 'utf8').replaceAll('111122223333', '123456789012'))

describe('offline', () => {
  it('shows targets and permissions, and makes no calls to AWS', async () => {
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

  it('prints one document with --json', async () => {
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

  it('says when no rule matches', async () => {
    const calm = join(root, 'test/events/bedrock-model-access-enabled/not-denied.json')
    const { code, out } = await portcullis(['simulate', calm])
    expect(code).toBe(0)
    expect(out).toContain(`No rule matches: nothing would be done.   portcullis explain ${calm}`)
  })

  it('exits with 3 without an event, with 6 without credentials', async () => {
    expect((await portcullis(['simulate', '-'])).code).toBe(3)
    expect((await shell('echo nonsense | $P simulate - --json')).code).toBe(3)
    const withoutCredentials = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }
    const { code, err } = await portcullis(['simulate', source], withoutCredentials)
    expect([code, err]).toEqual([6, expect.stringContaining('error[no-credentials]')])
  })
})

describe('with live reads', () => {
  let cloud: Cloud
  let stage: BuiltScene
  beforeAll(async () => {
    cloud = await startCloud()
    await cloud.reset()
    stage = await scene.build()
  })
  afterAll(() => cloud?.stop())
  const run = (...args: string[]) =>
    portcullis(['simulate', here, '--stage', 'test', ...args], { AWS_ENDPOINT_URL: cloud.tap.url })

  it('shows the plan and its undo, and changes nothing', async () => {
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

  it('prints the plan and its hash with --json', async () => {
    const { out } = await run('--json')
    const { steps, caller } = JSON.parse(out)
    expect(caller).toMatch(/^arn:aws:/)
    expect(steps[0]).toMatchObject({
      playbook: 'deny-inference',
      role: 'portcullis-test-deny-inference-function',
      plan: { hash: expect.stringMatching(/^[0-9a-f]{64}$/), undo: true },
      release: [expect.anything()],
    })
  })

  it('exits with 6 when the target is in another account than the credentials', async () => {
    const { code, err, out } = await portcullis(['simulate', source], { AWS_ENDPOINT_URL: cloud.tap.url })
    expect(code).toBe(6)
    expect(out).toContain('No changes were made.')
    expect(err).toContain('the target is in account 111122223333, but the credentials are for 123456789012')
  })

  it('shows that a guard protects a tagged target', async () => {
    const Tags = [{ Key: 'portcullis:protected', Value: 'true' }]
    await new IAMClient({}).send(new TagRoleCommand({ RoleName: 'rag-indexer', Tags }))
    const { code, out } = await run()
    expect(code).toBe(0)
    expect(out).toContain('deny-inference would be kept by a guard from role/rag-indexer')
    expect(out).toContain('tagged portcullis:protected')
  })
})
