import http from 'node:http'
import { stripVTControlCharacters } from 'node:util'
import { CloudTrailClient, CreateTrailCommand, GetEventSelectorsCommand } from '@aws-sdk/client-cloudtrail'
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../lib/loopback.ts'
import { openSite, type Site } from '../journeys/site.ts'
import { portcullis, terminal } from './shell.ts'

let site: Site
let env: Record<string, string>
beforeAll(async () => {
  site = await openSite()
  env = { AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL ?? '', PORTCULLIS_STAGE: 'local' }
}, 90_000)
afterAll(() => site?.stop())

interface Row {
  name: string
  state: string
  says: string
  fix?: string
}
const run = (...args: string[]) => portcullis(['doctor', ...args], env)
async function rows(more: Record<string, string> = {}): Promise<Map<string, Row>> {
  const { out } = await portcullis(['doctor', '--json'], { ...env, ...more })
  const { checks } = JSON.parse(out) as { checks: Row[] }
  return new Map(checks.map((one) => [one.name, one]))
}

describe('doctor', () => {
  it('finds a fresh stage connected, and detection in the account missing', async () => {
    const { code, out, err } = await run()
    expect([code, err]).toEqual([1, ''])
    expect(out).toMatch(/^✓ identity {6}\S+ in 123456789012 us-east-1$/m)
    expect(out).toMatch(/^✗ CloudTrail {4}there is no trail\n {4}why {2}.+\n {4}fix {2}.+$/m)
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^\d+ checks: \d+ ok, \d+ warnings?, \d+ failed/)
    const found = await rows()
    const well = ['identity', 'clock', 'region', 'stack', 'functions', 'sources', 'slack-token']
    for (const name of [...well, 'slack-channels', 'slack-secret', 'dead-letters', 'pauses'])
      expect(found.get(name), name).toMatchObject({ state: 'ok' })
    for (const name of ['trail', 'data-events', 'invocation-log'])
      expect(found.get(name), name).toMatchObject({ state: 'failed', fix: expect.any(String) })
  })

  it('says why a check could not run', async () => {
    const { code, out } = await portcullis(['doctor', '--stage', 'nowhere'], env)
    expect(code).toBe(1)
    expect(out).toContain('✗ stack         portcullis-nowhere is not deployed in us-east-1')
    expect(out).toContain('– dead letters  cannot be checked: the stack is not deployed')
  })

  it('has colors on a terminal, fits it, and has none with NO_COLOR', async () => {
    const { out } = await terminal(['doctor'], { columns: 70, env })
    expect(out).toContain('\u001b[31m✗')
    const lines = stripVTControlCharacters(out.split('\u001b[2K').at(-1) ?? '').split('\r\n')
    expect(lines.filter((line) => line.length > 70)).toEqual([])
    const plain = await terminal(['doctor'], { env: { ...env, NO_COLOR: '1' } })
    expect(plain.out.split('\u001b[2K').at(-1)).not.toContain('\u001b')
  })

  it('exits with 6 without credentials', async () => {
    const withoutCredentials = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }
    const { code, err } = await portcullis(['doctor'], { ...env, ...withoutCredentials })
    expect([code, err]).toEqual([6, expect.stringContaining('error[no-credentials]')])
  })

  it('finds a clock that is an hour off', async () => {
    const shifted = await shiftedBy(-3_600_000)
    const found = (await rows({ AWS_ENDPOINT_URL_STS: shifted.url })).get('clock')
    shifted.close()
    expect(found).toMatchObject({
      state: 'failed',
      says: expect.stringMatching(/^3(599|600) s ahead of AWS$/),
    })
  })

  it('finds a channel without the bot, and a token that Slack rejects', async () => {
    const ssm = new SSMClient({})
    const [stage, token] = ['/portcullis-local/stage', '/portcullis-local/slack-token']
    const put = (Name: string, Value: string) =>
      ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true }))
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: stage }))
    const before = Parameter?.Value ?? ''
    const it = JSON.parse(before)
    it.slack.routes[0].channel = 'C0NOWHERE00'
    await put(stage, JSON.stringify(it))
    const moved = await rows()
    expect(moved.get('slack-channels')).toMatchObject({ state: 'warning', fix: '/invite @portcullis' })
    expect(moved.get('slack-channels')?.says).toContain('C0NOWHERE00')
    await put(stage, before)
    await put(token, 'xoxb-revoked')
    expect((await rows()).get('slack-token')).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('_auth'),
    })
    await put(token, site.responders.slack.token)
  })

  it('finds dead letters', async () => {
    const QueueUrl = `${process.env.AWS_ENDPOINT_URL}/123456789012/portcullis-local-notifications-dead-letters`
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }))
    expect((await rows()).get('dead-letters')).toMatchObject({
      state: 'failed',
      says: '1 in portcullis-local-notifications-dead-letters',
    })
  })
})

describe('doctor --fix', () => {
  it('shows the calls, and makes none without a terminal', async () => {
    const lambda = new LambdaClient({})
    const { EventSourceMappings = [] } = await lambda.send(
      new ListEventSourceMappingsCommand({ FunctionName: 'portcullis-local-announce' }),
    )
    const UUID = EventSourceMappings[0]?.UUID
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }))
    const asked = await run('--fix', 'sources')
    expect(asked.code).toBe(2)
    expect(asked.err).toContain(`aws lambda update-event-source-mapping --uuid ${UUID} --enabled`)
    expect(asked.err.trimEnd().split('\n').at(-1)).toContain('--yes')
    const refused = await terminal(['doctor', '--fix', 'sources'], { types: '\\r', env })
    expect(refused.out).toContain('Nothing was changed.')
    expect((await rows()).get('sources')?.state).toBe('failed')
    const mended = await run('--fix', 'sources', '--yes')
    expect([mended.code, mended.out]).toEqual([0, expect.stringMatching(/^✓ triggers/)])
  })

  it('makes a trail of one Region log in all Regions, and keeps its selectors', async () => {
    await new S3Client({ forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'trail' }))
    const cloudtrail = new CloudTrailClient({})
    await cloudtrail.send(new CreateTrailCommand({ Name: 'audit', S3BucketName: 'trail' }))
    expect((await rows()).get('trail')?.says).toBe('audit does not log, covers one Region only')
    const { code, out } = await run('--fix', 'trail', '--yes')
    expect([code, out]).toEqual([0, expect.stringContaining('✓ CloudTrail')])
    const asked = await run('--fix', 'data-events', '--yes')
    // S3 buckets must be named by a person: the check still fails.
    expect([asked.code, asked.out]).toEqual([1, expect.stringContaining('not logged: S3 Object')])
    const { AdvancedEventSelectors = [] } = await cloudtrail.send(
      new GetEventSelectorsCommand({ TrailName: 'audit' }),
    )
    const text = JSON.stringify(AdvancedEventSelectors)
    for (const kept of ['Management', 'AWS::Bedrock::Guardrail', 'AWS::BedrockMantle::Project'])
      expect(text).toContain(kept)
  })

  it('changes no address that a link cannot unsubscribe', async () => {
    // MiniStack reports every confirmation as authenticated.
    await new SNSClient({}).send(
      new SubscribeCommand({ TopicArn: site.deployed.topic, Protocol: 'email', Endpoint: 'sec@example.com' }),
    )
    const { code, out } = await run('--fix', 'sns-unsubscribe')
    expect([code, out]).toEqual([0, expect.stringMatching(/^✓ SNS mail/)])
  })

  it('says what a person must do when no call can fix it', async () => {
    const { code, err } = await run('--fix', 'invocation-log', '--yes')
    expect(code).toBe(1)
    expect(err).toContain('error[by-hand]')
    expect(err.trimEnd().split('\n').at(-1)).toContain('put-model-invocation-logging-configuration')
  })

  it('suggests a similar name for an unknown check', async () => {
    const { code, err } = await run('--fix', 'sorces')
    expect([code, err]).toEqual([2, expect.stringContaining('Did you mean sources?')])
  })
})

/** A proxy to the same AWS whose responses have a shifted date. */
async function shiftedBy(milliseconds: number): Promise<{ url: string; close(): void }> {
  const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL ?? '')
  const server = http.createServer((request, response) => {
    const { method, url: path, headers } = request
    const onward = http.request({ hostname, port, method, path, headers }, (answered) => {
      const date = new Date(Date.now() + milliseconds).toUTCString()
      response.writeHead(answered.statusCode ?? 502, { ...answered.headers, date })
      answered.pipe(response)
    })
    request.pipe(onward)
  })
  return listen(server)
}
