import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stackOf } from '../../cli/operate/stage/stage-place.ts'
import { type Emulators, startEmulators } from '../../local/emulators.ts'
import { until } from '../journeys/site.ts'
import { plain, portcullis, type Ran, root, terminal } from './shell.ts'

/** Of its own, so that nothing else packages it meanwhile. */
const stage = 'prodtest'
let emulators: Emulators
let env: Record<string, string>
beforeAll(async () => {
  emulators = await startEmulators()
  env = { AWS_ENDPOINT_URL: emulators.url, PORTCULLIS_STAGE: stage }
  Object.assign(process.env, { ...plain, ...env })
})
afterAll(() => emulators?.stop())

const run = (...args: string[]) => portcullis(['deploy', ...args], env)
const nothing = async () => expect(await stackOf(`portcullis-${stage}`)).toBeUndefined()

describe('before there is a stack', () => {
  it('--plan shows everything and deploys nothing; 4 where that is asked for', async () => {
    const { code, out } = await run('--plan')
    expect(code).toBe(0)
    expect(out).toMatch(
      /^prodtest · 123456789012\/us-east-1 · (\d+) playbooks: \1 observe, 0 approve, 0 contain/,
    )
    expect(out).toMatch(/^ {2}\+ \d+ {3}~ 0 {3}- 0 {3}of \d+ resources$/m)
    expect(out).toMatch(/about USD \d+ a month at 1 M events/)
    expect(out).toMatch(/^ {2}iam:PutRolePolicy +deny-session, revoke-sessions +role\/\*$/m)
    expect(out).toContain('role/break-glass, until ')
    const pending = await run('--plan', '--detailed-exitcode', '--json')
    const document = JSON.parse(pending.out)
    expect([pending.code, document.schemaVersion, document.pending]).toEqual([4, 1, true])
    await nothing()
  }, 60_000)

  it('asks for the name of a production stage, and where nobody can be asked ends with 2', async () => {
    const closed = await run()
    expect([closed.code, closed.out]).toEqual([2, ''])
    expect(closed.err).toContain('Executor permissions')
    expect(closed.err.trimEnd().split('\n').at(-1)).toContain('--yes')
    const other = await terminal(['deploy'], { types: 'yes\\r', env, columns: 100 })
    expect(other.out).toContain('type the name of the stage (prodtest)')
    expect([other.code, other.out]).toEqual([0, expect.stringContaining('Nothing was changed.')])
    await nothing()
  }, 60_000)

  it.each([
    [['--detailed-exitcode'], 2, 'error[usage]'],
    [['--ceiling', 'contian'], 2, 'Allowed choices are observe, approve, contain'],
    [['--email', 'nobody', '--plan'], 1, 'is no e-mail address'],
  ])(
    '%j ends with %i',
    async (args, code, says) => {
      const ran = await run(...args)
      expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(says)])
      await nothing()
    },
    60_000,
  )
})

describe('a deploy', () => {
  it('says at Ctrl-C what is made, what is not, and how to go on', async () => {
    const { code, err } = await interruptedAt(/^✓ +\d+\/\d+ /m, ['deploy', '--yes'])
    expect(code).toBe(130)
    expect(err).toMatch(/Stopped\. Stage prodtest: \d+ of \d+ changes are made, .* \d+ are not\./)
    expect(err).toContain('aws cloudformation cancel-update-stack --stack-name portcullis-prodtest')
    expect(err).toContain('portcullis deploy --stage prodtest')
    const rests = async () => (await stackOf(`portcullis-${stage}`))?.status ?? ''
    await until(rests, (status) => status.endsWith('_COMPLETE'), 60)
  }, 120_000)

  it('goes on where it was stopped, tells each change, and tries what is there', async () => {
    const { code, out, err } = await run('--yes', '--ceiling', 'approve')
    expect(err).toMatch(/^✓ +\d+\/\d+ (update|create) \w+ \(\S+\)$/m)
    expect([code, out]).toEqual([0, expect.stringMatching(/^✓ \d+ changes in \d+ s\n✓ \d+ functions start/)])
    expect(out).toContain('No event was sent')
    const asked = new GetFunctionConfigurationCommand({ FunctionName: `portcullis-${stage}-notify` })
    const { Environment } = await new LambdaClient({}).send(asked)
    expect(Environment?.Variables?.PORTCULLIS_CEILING).toBe('approve')
  }, 120_000)

  it('has nothing pending afterwards, names what a lower ceiling would change, and changes nothing twice', async () => {
    const same = await run('--plan', '--detailed-exitcode', '--ceiling', 'approve')
    expect(same.code).toBe(0)
    const lower = await run('--plan', '--detailed-exitcode')
    expect(lower.code).toBe(4)
    expect(lower.out).toMatch(/^ {2}~ +NotifyLambdaFunction +AWS::Lambda::Function +Environment$/m)
    const again = await run('--yes', '--ceiling', 'approve')
    expect([again.code, again.err]).toEqual([0, expect.stringContaining('Nothing changes')])
  }, 120_000)
})

/** Ctrl-C once its stderr says so. */
async function interruptedAt(sign: RegExp, args: string[]): Promise<Ran> {
  const entry = join(root, 'cli/portcullis.ts')
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: root,
    env: { ...plain, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
    if (sign.test(err)) child.kill('SIGINT')
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}
