import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stackOf } from '../../cli/operate/stage/stage-place.ts'
import { type Emulators, startEmulators } from '../../local/emulators.ts'
import { until } from '../journeys/site.ts'
import { interrupted, plain, portcullis, terminal } from './shell.ts'

/** No other test packages this stage at the same time. */
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
const expectNoStack = async () => expect(await stackOf(`portcullis-${stage}`)).toBeUndefined()

describe('before the first deployment', () => {
  it('--plan prints a document and deploys nothing; exit code 4 on request', async () => {
    const { code, out } = await run('--plan', '--detailed-exitcode', '--json')
    const { schemaVersion, pending } = JSON.parse(out)
    expect([code, schemaVersion, pending]).toEqual([4, 1, true])
    await expectNoStack()
  }, 60_000)

  it('shows the plan, and exits with 2 without a terminal', async () => {
    const { code, out, err } = await run()
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(
      /^prodtest · 123456789012\/us-east-1 · (\d+) playbooks: \1 observe, 0 approve, 0 contain/m,
    )
    expect(err).toMatch(/^ {2}\+ \d+ {3}~ 0 {3}- 0 {3}of \d+ resources$/m)
    expect(err).toMatch(/about USD \d+ per month at 1 million events/)
    expect(err).toMatch(/^ {2}iam:PutRolePolicy +deny-session, revoke-sessions +role\/\*$/m)
    expect(err).toContain('role/break-glass, until ')
    expect(err).toContain('Permissions to write')
    expect(err.trimEnd().split('\n').at(-1)).toContain('--yes')
    await expectNoStack()
  }, 60_000)

  it('asks for the name of a production stage', async () => {
    const other = await terminal(['deploy'], { types: 'yes\\r', env, columns: 100 })
    expect(other.out).toContain('type the name of the stage (prodtest)')
    expect([other.code, other.out]).toEqual([0, expect.stringContaining('Nothing was changed.')])
    await expectNoStack()
  }, 60_000)

  it.each([
    [['--detailed-exitcode'], 2, 'error[usage]'],
    [['--ceiling', 'contian'], 2, 'Allowed choices are observe, approve, contain'],
    [['--email', 'example', '--plan'], 1, 'address'],
  ])(
    '%j exits with %i',
    async (args, code, says) => {
      const ran = await run(...args)
      expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(says)])
      await expectNoStack()
    },
    60_000,
  )
})

describe('a deployment', () => {
  it('prints at Ctrl-C what is done, what is not, and how to continue', async () => {
    const { code, err } = await interrupted(['deploy', '--yes'], /^✓ +\d+\/\d+ /m, env)
    expect(code).toBe(130)
    expect(err).toMatch(/Stopped\. Stage prodtest: at least \d+ of \d+ changes are done, \d+ are not\./)
    expect(err).toContain('aws cloudformation cancel-update-stack --stack-name portcullis-prodtest')
    expect(err).toContain('portcullis deploy --stage prodtest')
    const statusOf = async () => (await stackOf(`portcullis-${stage}`))?.status ?? ''
    await until(statusOf, (status) => status.endsWith('_COMPLETE'), 60)
  }, 120_000)

  it('continues after an interruption, reports each change, and runs the smoke test', async () => {
    const { code, out, err } = await run('--yes', '--ceiling', 'approve')
    expect(err).toMatch(/^✓ +\d+\/\d+ (update|create) \w+ \(\S+\)$/m)
    expect([code, out]).toEqual([0, expect.stringMatching(/^✓ \d+ changes in \d+ s\n✓ \d+ functions start/)])
    expect(out).toContain('No event was sent')
    const asked = new GetFunctionConfigurationCommand({ FunctionName: `portcullis-${stage}-notify` })
    const { Environment } = await new LambdaClient({}).send(asked)
    expect(Environment?.Variables?.PORTCULLIS_CEILING).toBe('approve')
  }, 120_000)

  it('has no pending changes afterwards, shows what another ceiling would change, and changes nothing again', async () => {
    const same = await run('--plan', '--detailed-exitcode', '--ceiling', 'approve')
    expect(same.code).toBe(0)
    const lower = await run('--plan')
    expect(lower.code).toBe(0)
    expect(lower.out).toMatch(/^ {2}~ +NotifyLambdaFunction +AWS::Lambda::Function +Environment$/m)
    const again = await run('--yes', '--ceiling', 'approve')
    expect([again.code, again.err]).toEqual([0, expect.stringContaining('There are no changes')])
  }, 120_000)
})
