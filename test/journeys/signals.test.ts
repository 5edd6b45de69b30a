import { gzipSync } from 'node:zlib'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StackName } from '../../local/deploy.ts'
import { allowed } from '../../sdk/limits.ts'
import { tracer } from '../../sdk/tracer.ts'
import { openSite, type Site, until } from './site.ts'

// From the reports of an application, a log and CloudTrail to a containment, through the deployed queue, function and bus.
let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.stop())

const containedBy = (playbook: string, who: string) => async () =>
  (await site.containments()).find(
    (one) => one.playbook === playbook && JSON.stringify(one.target).includes(who),
  )

const attack = (n: number) => ({
  $metadata: { requestId: `request-${n}` },
  action: 'GUARDRAIL_INTERVENED',
  outputs: [{ text: 'No.' }],
  assessments: [
    {
      contentPolicy: {
        filters: [{ type: 'PROMPT_ATTACK', confidence: 'MEDIUM', action: 'BLOCKED', detected: true }],
      },
    },
  ],
})

test('an end user is throttled when the application reports three guardrail interventions', async () => {
  const trace = tracer({ bus: StackName, client: new EventBridgeClient({}) })
  for (const n of [1, 2, 2, 2]) expect(await trace(attack(n), { user: 'user-7' })).toEqual({ sent: 1 })
  for (const n of [1, 2, 3]) await trace(attack(10 + n), { user: 'another-user-once-each'.concat(String(n)) })
  await trace(attack(3), { user: 'user-7' })
  const record = await until(containedBy('throttle-user', 'user-7'), (one) => one?.status === 'contained')
  expect(record).toMatchObject({ rule: 'end-user-attacks', severity: 'medium' })
  const limit = { table: site.deployed.journal, client: new DynamoDBClient({}) }
  expect(await allowed('user-7', limit)).toBe(true)
  expect(await allowed('user-7', limit)).toBe(false)
  expect(await allowed('another-user-once-each1', limit)).toBe(true)
  expect((await site.containments()).filter(({ playbook }) => playbook === 'throttle-user')).toHaveLength(1)
})

test('a role whose calls show three stages of LLMjacking is contained', async () => {
  const role = 'jacked'
  const { Role } = await new IAMClient({}).send(
    new CreateRoleCommand({
      RoleName: role,
      AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
    }),
  )
  const calls = [
    'ListFoundationModels',
    'GetFoundationModelAvailability',
    'PutUseCaseForModelAccess',
    'InvokeModel',
  ]
  for (const [n, eventName] of calls.entries()) {
    const now = new Date(Date.now() - (calls.length - n) * 1000).toISOString()
    await site.put({
      source: 'aws.bedrock',
      'detail-type': 'AWS API Call via CloudTrail',
      account: '123456789012',
      region: 'us-east-1',
      time: now,
      resources: [],
      detail: {
        eventVersion: '1.11',
        eventID: `00000000-0000-4000-8000-00000000000${n}`,
        requestID: `jacked-${n}`,
        eventTime: now,
        eventSource: 'bedrock.amazonaws.com',
        eventName,
        eventType: 'AwsApiCall',
        awsRegion: 'us-east-1',
        recipientAccountId: '123456789012',
        sourceIPAddress: '192.0.2.19',
        readOnly: eventName !== 'PutUseCaseForModelAccess',
        requestParameters: { modelId: 'anthropic.claude-sonnet-4-8' },
        userIdentity: {
          type: 'AssumedRole',
          principalId: `${Role?.RoleId}:laptop`,
          arn: `arn:aws:sts::123456789012:assumed-role/${role}/laptop`,
          accountId: '123456789012',
          accessKeyId: 'ASIAJACKED0000000000',
          sessionContext: {
            sessionIssuer: {
              type: 'Role',
              principalId: Role?.RoleId,
              arn: Role?.Arn,
              accountId: '123456789012',
              userName: role,
            },
          },
        },
      },
    })
  }
  const session = await until(containedBy('deny-session', role), (one) => one?.status === 'contained')
  expect(session).toMatchObject({ rule: 'llmjacking-chain', severity: 'critical' })
  const all = (await site.containments()).filter(({ target }) => JSON.stringify(target).includes(role))
  expect(new Set(all.map(({ incident }) => incident)).size, 'one attacker is one incident').toBe(1)
})

test('no text of a prompt leaves the log that holds it', async () => {
  const canary = 'canary-7d1f-of-a-prompt'
  const line = {
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
    timestamp: new Date().toISOString(),
    accountId: '123456789012',
    region: 'us-east-1',
    requestId: 'logged-1',
    operation: 'Converse',
    modelId: 'anthropic.claude-sonnet-4-8',
    identity: { arn: 'arn:aws:sts::123456789012:assumed-role/chat-app/chat' },
    requestMetadata: { userId: 'user-9' },
    input: {
      inputContentType: 'application/json',
      inputBodyJson: { messages: [{ role: 'user', content: [{ text: canary }] }] },
      inputTokenCount: 12,
    },
    output: {
      outputContentType: 'application/json',
      outputBodyJson: {
        output: { message: { content: [{ text: canary }] } },
        stopReason: 'guardrail_intervened',
      },
      outputTokenCount: 3,
    },
  }
  const data = gzipSync(
    JSON.stringify({
      messageType: 'DATA_MESSAGE',
      owner: '123456789012',
      logGroup: '/bedrock',
      logStream: 'aws/bedrock/modelinvocations',
      subscriptionFilters: ['portcullis'],
      logEvents: [1, 2, 3].map((n) => ({
        id: String(n),
        timestamp: Date.now(),
        message: JSON.stringify({ ...line, requestId: `logged-${n}` }),
      })),
    }),
  ).toString('base64')
  const { FunctionError } = await new LambdaClient({}).send(
    new InvokeCommand({ FunctionName: `${StackName}-sense`, Payload: JSON.stringify({ awslogs: { data } }) }),
  )
  expect(FunctionError).toBeUndefined()
  await until(containedBy('throttle-user', 'user-9'), (one) => one?.status === 'contained')
  const said = JSON.stringify([
    await site.containments(),
    await site.notices(),
    await site.inbox(),
    site.responders.slack.calls,
    [...(await site.deadLetters())],
  ])
  expect(said).toContain('user-9')
  expect(said).not.toContain(canary)
})
