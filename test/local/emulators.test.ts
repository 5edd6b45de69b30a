import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Emulators, startEmulators } from '../../local/emulators.ts'
import { startRouter } from '../../local/router.ts'

const account = '123456789012'
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const at = (endpoint: string) => ({ endpoint, credentials, region: 'us-east-1', maxAttempts: 1 })
const root = join(import.meta.dirname, '../..')

// Every emulator writes below a folder of this test, so that leftovers can be counted.
const room = mkdtempSync(join(tmpdir(), 'emulators-test-'))
beforeAll(() => vi.stubEnv('TMPDIR', room))
afterAll(() => rmSync(room, { recursive: true, force: true }))

/** The emulators' processes: supervisors by their parent, MiniStack's workers by their folder, orphaned ones included. */
function processes(parent = process.pid) {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).trim().split('\n')
  const ours = lines.map((line) => line.trim().split(/\s+/)).filter(([, , state]) => !state?.startsWith('Z'))
  return ours.filter(([, ppid, , ...args]) => {
    const command = args.join(' ')
    return (
      command.includes(`${room}/portcullis-`) ||
      (command.includes('local/supervisor.py') && Number(ppid) === parent)
    )
  })
}

const refused = (url: string) => expect(fetch(url)).rejects.toThrow('fetch failed')

async function nothingLeft({ url, moto, ministack }: Pick<Emulators, 'url' | 'moto' | 'ministack'>) {
  await vi.waitFor(
    async () => {
      expect(processes()).toEqual([])
      expect(readdirSync(room)).toEqual([])
      await Promise.all([url, moto, ministack].map(refused))
    },
    { timeout: 60_000, interval: 50 },
  )
}

/** Invokes a new Lambda function, which leaves a warm worker, and returns the environment that the function sees. */
async function makeFunction(endpoint: string) {
  const folder = mkdtempSync(join(tmpdir(), 'function-'))
  writeFileSync(
    join(folder, 'index.js'),
    'exports.handler = async () => ({ node: process.version, env: process.env })',
  )
  execFileSync('python3', ['-m', 'zipfile', '-c', 'code.zip', 'index.js'], { cwd: folder })
  const lambda = new LambdaClient(at(endpoint))
  const code = {
    Code: { ZipFile: readFileSync(join(folder, 'code.zip')) },
    Handler: 'index.handler',
  } as const
  const Role = `arn:aws:iam::${account}:role/any`
  rmSync(folder, { recursive: true })
  await lambda.send(
    new CreateFunctionCommand({ FunctionName: 'probe', Runtime: 'nodejs24.x', Role, ...code }),
  )
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'probe' }))
  return JSON.parse(Payload?.transformToString() ?? '') as { node: string; env: Record<string, string> }
}

describe('both emulators behind the router', () => {
  let emulators: Emulators
  beforeAll(async () => {
    vi.stubEnv('SECRET_OF_THE_DEVELOPER', 'hunter2')
    emulators = await startEmulators({ env: { FOR_FUNCTIONS: 'yes' } })
  })
  afterAll(() => emulators.stop())

  it('answers EC2 by moto and DynamoDB by MiniStack at one address', async () => {
    const { Vpcs } = await new EC2Client(at(emulators.url)).send(new DescribeVpcsCommand({}))
    expect(Vpcs?.[0]?.OwnerId).toBe(account)
    const { TableNames } = await new DynamoDBClient(at(emulators.url)).send(new ListTablesCommand({}))
    expect(TableNames).toEqual([])
  })

  it('runs functions on Node 24 with the router as their AWS and without the environment of this process', async () => {
    const { node, env } = await makeFunction(emulators.url)
    expect(node).toMatch(/^v24\./)
    expect(env).toMatchObject({
      AWS_ENDPOINT_URL: emulators.url,
      FOR_FUNCTIONS: 'yes',
      AWS_REGION: 'us-east-1',
    })
    expect(env).not.toHaveProperty('SECRET_OF_THE_DEVELOPER')
  })

  it('fires a schedule, and not before its time', async () => {
    const sqs = new SQSClient(at(emulators.url))
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'clock' }))
    const due = new Date(Date.now() + 2_000).toISOString().slice(0, 19)
    const Target = {
      Arn: `arn:aws:sqs:us-east-1:${account}:clock`,
      RoleArn: `arn:aws:iam::${account}:role/any`,
      Input: '{}',
    }
    const once = { ScheduleExpression: `at(${due})`, FlexibleTimeWindow: { Mode: 'OFF' }, Target } as const
    await new SchedulerClient(at(emulators.url)).send(new CreateScheduleCommand({ Name: 'soon', ...once }))
    const received = async () =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))).Messages
    await vi.waitFor(async () => expect(await received()).toHaveLength(1), { timeout: 120_000 })
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(`${due}Z`))
  })
})

describe('an external emulator', () => {
  afterEach(() => vi.stubEnv('PORTCULLIS_MOTO_URL', undefined))

  it('is used and not stopped', async () => {
    const theirs = await startEmulators({ only: 'moto' })
    vi.stubEnv('PORTCULLIS_MOTO_URL', theirs.moto)
    const ours = await startEmulators({ only: 'moto' })
    expect(ours.moto).toBe(theirs.moto)
    await ours.stop()
    expect((await fetch(`${theirs.moto}/moto-api/`)).status).toBe(200)
    await theirs.stop()
  })

  it.each([
    ['does not run', 'http://127.0.0.1:1024', /ECONNREFUSED/],
    ['has no valid address', 'localhost', /Invalid URL/],
    ['is another program', undefined, /answered 501/],
  ])('is named in one error when it %s', async (_, url, why) => {
    const other = await startRouter({})
    vi.stubEnv('PORTCULLIS_MOTO_URL', url ?? other.url)
    const error = await startEmulators().catch((reason: Error) => reason)
    await other.close()
    expect(error).toMatchObject({ message: expect.stringMatching(/^No moto answers.*PORTCULLIS_MOTO_URL/) })
    expect(error).toMatchObject({ message: expect.stringMatching(why), cause: expect.any(Error) })
    expect(processes()).toEqual([])
  })
})

describe('the end', () => {
  it('leaves nothing after stop, workers included, even when stop is called twice', async () => {
    const emulators = await startEmulators()
    await makeFunction(emulators.url)
    expect(processes()).toHaveLength(3)
    expect(readdirSync(room)).toHaveLength(2)
    await emulators.stop()
    await emulators.stop()
    await nothingLeft(emulators)
  })

  it.each([
    ['SIGKILL', 'process'],
    ['SIGINT', 'group'],
    ['SIGTERM', 'group'],
    ['SIGHUP', 'group'],
  ] as const)('leaves nothing when %s ends the %s that started them', async (signal, whom) => {
    const script = `
      const { startEmulators } = await import(${JSON.stringify(join(root, 'local/emulators.ts'))})
      const emulators = await startEmulators()
      console.log(JSON.stringify(emulators))
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    const emulators = JSON.parse(String((await once(parent.stdout, 'data'))[0])) as Emulators
    await makeFunction(emulators.url)
    expect(processes(parent.pid)).toHaveLength(3)
    process.kill(whom === 'group' ? -Number(parent.pid) : Number(parent.pid), signal)
    await nothingLeft(emulators)
    expect(processes(1).filter(([, , , ...args]) => args.join(' ').includes(room))).toEqual([])
  })

  it('is reported when an emulator ends by itself, and the router names it', async () => {
    const emulators = await startEmulators({ only: 'moto' })
    process.kill(Number(processes()[0]?.[0]), 'SIGKILL')
    expect((await emulators.died).message).toMatch(/^The emulator moto ended with SIGKILL/)
    const call = new EC2Client(at(emulators.url)).send(new DescribeVpcsCommand({}))
    await expect(call).rejects.toThrow(/^moto does not answer at http.*ECONNREFUSED/)
    await emulators.stop()
    expect(readdirSync(room)).toEqual([])
  })

  it('reports the last lines of an emulator that cannot start, and leaves nothing of the other', async () => {
    const started = startEmulators({ env: { LAMBDA_ASYNC_RETRY_BASE_SECONDS: 'soon' } })
    await expect(started).rejects.toThrow(
      /^The emulator ministack ended with exit code 1(?:.|\n)*'soon'(?:.|\n)*fix:/,
    )
    expect(processes()).toEqual([])
    expect(readdirSync(room)).toEqual([])
  })
})
