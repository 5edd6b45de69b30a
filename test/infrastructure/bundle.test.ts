import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from '../../infrastructure/build.ts'
import { listen } from '../../lib/loopback.ts'
import { type Emulators, startEmulators } from '../../local/emulators.ts'

const run = promisify(execFile)
const [home, elsewhere, region] = ['123456789012', '210987654321', 'us-east-1']
const bundle = join(import.meta.dirname, '..', '..', '.build', 'deny-inference', 'index.js')

let moto: Emulators<'moto'>
beforeAll(async () => {
  ;[moto] = await Promise.all([startEmulators({ only: 'moto' }), build()])
})
afterAll(() => moto?.stop())

/** Calls the bundled function in a Node.js of its own, with what Lambda would give it and nothing else. */
async function call(command: object, environment: Record<string, string> = {}) {
  const script = `require(${JSON.stringify(bundle)}).handler(${JSON.stringify(command)})
    .then((outcomes) => console.log('answer', JSON.stringify(outcomes)), (error) => console.log('error', error.message))`
  const env = {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_ENDPOINT_URL: moto.moto,
    PORTCULLIS_PREFIX: 'portcullis-test',
    PORTCULLIS_TABLE: 'portcullis-test-journal',
    PORTCULLIS_SCHEDULE_GROUP: 'portcullis-test',
    PORTCULLIS_SCHEDULE_ROLE: `arn:aws:iam::${home}:role/portcullis-test-deny-inference-scheduler`,
    PORTCULLIS_FUNCTION: `arn:aws:lambda:${region}:${home}:function:portcullis-test-deny-inference`,
    PORTCULLIS_DEAD_LETTERS: `${moto.moto}/${home}/dead`,
    PORTCULLIS_DEAD_LETTERS_ARN: `arn:aws:sqs:${region}:${home}:dead`,
    PORTCULLIS_TOPIC: `arn:aws:sns:${region}:${home}:alerts`,
    PORTCULLIS_ACCOUNT: home,
    PORTCULLIS_PLAYBOOKS: 'deny-inference',
    ...environment,
  }
  const { stdout } = await run(process.execPath, ['-e', script], { env })
  return stdout
}

const plan = (account: string, name: string) => ({
  do: 'plan',
  target: { account, region, principal: `role/${name}` },
})
const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] })
const direct = () => ({
  endpoint: moto.moto,
  region,
  credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
})

test('a bundle finds its credentials in the environment and its endpoint too', async () => {
  await new IAMClient(direct()).send(new CreateRoleCommand({ RoleName: 'at-home', AssumeRolePolicyDocument }))
  expect(await call(plan(home, 'at-home'))).toContain('"before":"allowed","after":"denied"')
})

test('it says so when they are not there', async () => {
  expect(await call(plan(home, 'at-home'), { AWS_ACCESS_KEY_ID: '' })).toContain('AWS_ACCESS_KEY_ID')
})

test('in another account it is the member role that looks, and the endpoint is the same', async () => {
  const { Credentials: it } = await new STSClient(direct()).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${elsewhere}:role/setup`, RoleSessionName: 'setup' }),
  )
  const credentials = {
    accessKeyId: it?.AccessKeyId ?? '',
    secretAccessKey: it?.SecretAccessKey ?? '',
    sessionToken: it?.SessionToken ?? '',
  }
  await new IAMClient({ ...direct(), credentials }).send(
    new CreateRoleCommand({ RoleName: 'elsewhere', AssumeRolePolicyDocument }),
  )
  expect(await call(plan(elsewhere, 'elsewhere'))).toContain('"before":"allowed","after":"denied"')
  expect(await call(plan(home, 'elsewhere'))).toContain('does not exist')
})

test('what it asks for there is that role, narrowed to this playbook', async () => {
  const asked: URLSearchParams[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push(new URLSearchParams(body))
    response.writeHead(403).end()
  })
  const { url, close } = await listen(server)
  const endpoint = { AWS_ENDPOINT_URL: url, AWS_MAX_ATTEMPTS: '1' }
  expect(await call(plan(elsewhere, 'x'), endpoint)).toContain('error')
  await close()
  const first = Object.fromEntries(asked[0] ?? [])
  expect(first).toMatchObject({
    Action: 'AssumeRole',
    RoleArn: `arn:aws:iam::${elsewhere}:role/portcullis-member`,
    RoleSessionName: 'portcullis-test-deny-inference',
  })
  expect(JSON.parse(first.Policy ?? '{}').Statement[0].Action).toContain('iam:AttachRolePolicy')
})
