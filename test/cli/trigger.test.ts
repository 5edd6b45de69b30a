import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { indexShardOf } from '../../engine/journal/record.ts'
import { openSite, type Site } from '../journeys/site.ts'
import { incidentOf } from './incidents.ts'
import { portcullis, terminal } from './shell.ts'

/** A stage that contains by itself, with the seeded account: what an attack names is there. */
let site: Site
let env: Record<string, string>
beforeAll(async () => {
  site = await openSite()
  env = { AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL ?? '', PORTCULLIS_STAGE: 'local' }
}, 90_000)
afterAll(() => site?.stop())

const run = (...args: string[]) => portcullis(['trigger', ...args], env)

describe('trigger', () => {
  it('lists every recorded attack, and the names it needs', async () => {
    const { code, out } = await run('--list', '--json')
    const { scenarios } = JSON.parse(out)
    expect(code).toBe(0)
    expect(scenarios).toHaveLength(12)
    expect(scenarios).toContainEqual({
      name: 'llmjacking',
      title: expect.any(String),
      playbooks: ['deny-inference'],
      needs: ['roleName'],
    })
  })

  it('asks first, and sends nothing without a terminal', async () => {
    const closed = await run('llmjacking')
    expect([closed.code, closed.out]).toEqual([2, ''])
    expect(closed.err).toContain('The ceiling of stage local is contain: these targets will be contained')
    expect(closed.err.trimEnd().split('\n').at(-1)).toContain('--yes')
    const { code, out } = await terminal(['trigger', 'llmjacking'], { types: '\\r', env })
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing was sent.')])
    expect(await site.containments()).toEqual([])
  })

  it('is contained, prints how to undo it, and is marked as a test', async () => {
    const { code, out } = await run('llmjacking', '--set', 'roleName=chat-app', '--yes', '--wait')
    expect([code, out]).toEqual([0, expect.stringMatching(/^contained .*role\/chat-app$/m)])
    expect(out).toMatch(/portcullis undo inc-[0-9a-f]{8} --stage local --reason "it was a test"/)
    const [record] = await site.containments()
    expect(record?.target).toMatchObject({ principal: 'role/chat-app' })
    expect(String(record?.event.detail)).toContain('"portcullis:test":true')
  })

  it('is proposed when approval is needed', async () => {
    const { code, out } = await run('api-flood', '--yes', '--wait')
    expect([code, out]).toEqual([0, expect.stringMatching(/^proposed /m)])
  })

  it('goes directly to the playbooks in an account, whose bus rejects events of AWS services', async () => {
    const services = ['LAMBDA', 'DYNAMODB', 'STS', 'IAM', 'CLOUDFORMATION']
    const there = Object.fromEntries(
      services.map((name) => [`AWS_ENDPOINT_URL_${name}`, env.AWS_ENDPOINT_URL ?? '']),
    )
    const real = { ...there, PORTCULLIS_STAGE: 'local' }
    const unnamed = await portcullis(['trigger', 'leaked-key', '--yes'], real)
    expect([unnamed.code, unnamed.err]).toEqual([2, expect.stringContaining('error[no-target]')])
    const args = ['trigger', 'leaked-key', '--set', 'userName=ci-deployer', '--yes', '--wait', '--json']
    const { code, out } = await portcullis(args, real)
    const { sent, stand } = JSON.parse(out)
    expect(code).toBe(0)
    expect(sent[0].id).toMatch(/^test-[0-9a-f-]{36}$/)
    expect(stand.map(({ is }: { is: string }) => is)).toEqual(['contained', 'contained', 'contained'])
  })

  it('exits with 1 when it is not contained, and says why', async () => {
    const { code, err } = await run(
      'compromised-instance',
      '--set',
      'instanceId=i-00000000000000000',
      '--yes',
    )
    expect([code, err]).toEqual([2, expect.stringContaining('error[no-target]')])
    const pause = {
      pk: 'pause',
      sk: 'current',
      paused: { all: { until: '2999', by: { who: 'maria', how: 'iam' } } },
    }
    const table = DynamoDBDocumentClient.from(new DynamoDBClient({}))
    await table.send(new PutCommand({ TableName: site.deployed.journal, Item: pause }))
    const held = await run('llmjacking', '--set', 'roleName=ml-engineer', '--yes', '--wait')
    expect([held.code, held.err]).toEqual([1, expect.stringContaining('error[not-contained]')])
    expect(held.err).toContain('Paused by maria')
  })

  it.each([
    [['llmjaking'], 'Did you mean llmjacking?'],
    [['llmjacking', '--set', 'rolename=x'], 'Did you mean roleName=…?'],
    [['llmjacking', '--set', 'roleName=a"b'], 'is not a valid roleName'],
    [[], 'portcullis trigger --list'],
  ])('%j is a usage error', async (args, says) => {
    const { code, err } = await run(...args)
    expect([code, err]).toEqual([2, expect.stringContaining(says)])
  })
})

describe('destroy', () => {
  // The containments of played attacks are released within seconds: this one stays.
  const lasting = incidentOf('contained', 'inc-c0ffee01')
  beforeAll(async () => {
    const table = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
      marshallOptions: { removeUndefinedValues: true },
    })
    for (const one of lasting.containments) {
      const keys = {
        pk: `containment#${one.playbook}#${one.id}`,
        sk: 'current',
        shelf: indexShardOf(lasting.id),
      }
      await table.send(new PutCommand({ TableName: site.deployed.journal, Item: { ...one, ...keys } }))
    }
  })

  it('is refused while a containment is live, and prints how to undo it', async () => {
    const { code, out, err } = await portcullis(['destroy', '--yes'], env)
    expect([code, out]).toEqual([7, ''])
    expect(err).toContain('error[still-contained]')
    expect(err).toMatch(/inc-c0ffee01 {2}contained {2}\S/)
    expect(err).toContain('portcullis undo inc-c0ffee01 --stage local --reason')
  })

  it('asks for the name of the stage even with --keep, and accepts no other', async () => {
    const closed = await portcullis(['destroy', '--keep'], env)
    expect([closed.code, closed.err]).toEqual([2, expect.stringContaining('--yes')])
    const { code, out } = await terminal(['destroy', '--keep'], { types: 'prod\\r', env })
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing was changed.')])
  })

  it('removes the stage with --keep, and lists what is retained', async () => {
    const { code, out, err } = await portcullis(['destroy', '--keep', '--yes'], env)
    expect([code, out]).toEqual([0, expect.stringContaining('✓ stage local is removed')])
    expect(out).toContain('portcullis-local-journal: the journal')
    expect(err).toMatch(/stays contained and will not be released: inc-c0ffee01/)
    const again = await portcullis(['destroy', '--keep', '--yes'], env)
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('error[no-stage]')])
    const none = await portcullis(['trigger', 'llmjacking', '--yes'], env)
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('portcullis deploy --stage local')])
  })
})
