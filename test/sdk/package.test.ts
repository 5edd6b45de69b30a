import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sdkFolder, sdkPackage } from '../../sdk/build.ts'
import { root } from '../cli/shell.ts'

const run = promisify(execFile)
const app = mkdtempSync(join(tmpdir(), 'portcullis-app-'))
const [example = ''] = [
  ...readFileSync(join(root, 'docs/sdk.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g),
].map(([, code]) => code)

// An application of its own: the package that is built, and AWS's clients, in its node_modules.
beforeAll(async () => {
  await sdkPackage()
  mkdirSync(join(app, 'node_modules', '@types'), { recursive: true })
  symlinkSync(sdkFolder, join(app, 'node_modules', 'portcullis'))
  symlinkSync(join(root, 'node_modules', '@aws-sdk'), join(app, 'node_modules', '@aws-sdk'))
  symlinkSync(join(root, 'node_modules', '@types', 'node'), join(app, 'node_modules', '@types', 'node'))
  writeFileSync(join(app, 'package.json'), '{"type":"module"}')
  writeFileSync(join(app, 'app.ts'), example)
})
afterAll(() => rmSync(app, { recursive: true }))

test('the example of docs/sdk.md compiles against the built package', async () => {
  const options = { strict: true, module: 'nodenext', noEmit: true, skipLibCheck: false, types: ['node'] }
  writeFileSync(
    join(app, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, target: 'es2022' }, files: ['app.ts'] }),
  )
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = await run(process.execPath, [tsc, '-p', app]).catch((error) => error)
  expect(stdout.split('\n').filter((line: string) => /^(app|node_modules\/portcullis)/.test(line))).toEqual(
    [],
  )
})

test('it runs: an answer that a guardrail stopped is reported, without its text', async () => {
  const sent: string[] = []
  const filters = [{ type: 'PROMPT_ATTACK', confidence: 'HIGH', action: 'BLOCKED' }]
  const answer = {
    stopReason: 'guardrail_intervened',
    output: { message: { role: 'assistant', content: [{ text: 'That is not possible.' }] } },
    usage: { inputTokens: 9, outputTokens: 4, totalTokens: 13 },
    trace: { guardrail: { inputAssessment: { gr4rdr41l0id: { contentPolicy: { filters } } } } },
  }
  const bedrock = createHttp2Server((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  const aws = createHttpServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const isEvents = String(request.headers['x-amz-target']).startsWith('AWSEvents')
    if (isEvents) sent.push(body)
    // The user has no limit: the condition of the update does not hold.
    const reply = isEvents
      ? { FailedEntryCount: 0, Entries: [{ EventId: '1' }] }
      : { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' }
    response.writeHead(isEvents ? 200 : 400).end(JSON.stringify(reply))
  })
  const [models, others] = await Promise.all([addressOf(bedrock), addressOf(aws)])
  const script = `import('./app.ts').then(({ reply }) => reply('the secret question', 'user-7', 'chat-1')).then(console.log)`
  const { stdout, stderr } = await run(process.execPath, ['--experimental-strip-types', '-e', script], {
    cwd: app,
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_ENDPOINT_URL: others,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: models,
    },
  })
  bedrock.close()
  aws.close()
  expect(stderr).not.toContain('was not sent')
  expect(stdout.trim()).toBe('That is not possible.')
  const entries = sent.flatMap((body) => JSON.parse(body).Entries)
  expect(entries).toMatchObject([
    { EventBusName: 'portcullis-prod', Source: 'portcullis.app', DetailType: 'Guardrail Intervened' },
  ])
  const detail = JSON.parse(entries[0].Detail)
  expect(detail).toMatchObject({ user: 'user-7', session: 'chat-1', attack: true })
  expect(sent.join()).not.toContain('secret question')
})

async function addressOf(server: {
  listen(port: number, host: string, done: () => void): unknown
  address(): unknown
}) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
