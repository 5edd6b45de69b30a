import { gzipSync } from 'node:zlib'

/** Recent, so that nothing is older than the function takes it. */
export const start = Math.floor(Date.now() / 1000) - 6 * 3600
const timeOf = (second: number) => new Date((start + second) * 1000).toISOString().replace('.000Z', 'Z')

let serial = 0
const uuid = () => `00000000-0000-4000-8000-${String(++serial).padStart(12, '0')}`

const home = '111122223333'
const roleOf = (name: string) => ({
  type: 'AssumedRole',
  principalId: `AROADBQP57FF2AEXAMPLE:${name}-1`,
  arn: `arn:aws:sts::${home}:assumed-role/${name}/${name}-1`,
  accountId: home,
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      principalId: 'AROADBQP57FF2AEXAMPLE',
      arn: `arn:aws:iam::${home}:role/${name}`,
      accountId: home,
      userName: name,
    },
  },
})

/** One event, as EventBridge delivers it. */
export type Event = Record<string, unknown> & { detail: Record<string, unknown> }

/** A call to AWS in the so-manieth second, by a role unless told otherwise. */
export function called(second: number, eventName: string, more: Record<string, unknown> = {}): Event {
  const service = String(more.service ?? 'bedrock')
  const { service: _, role = 'indexer', ...rest } = more
  return {
    version: '0',
    id: uuid(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account: home,
    region: 'us-east-1',
    time: timeOf(second),
    resources: [],
    detail: {
      eventID: uuid(),
      requestID: uuid(),
      eventTime: timeOf(second),
      eventSource: `${service}.amazonaws.com`,
      eventName,
      eventType: 'AwsApiCall',
      awsRegion: 'us-east-1',
      recipientAccountId: home,
      sourceIPAddress: '198.51.100.7',
      userIdentity: roleOf(String(role)),
      requestParameters: { modelId: 'anthropic.claude-sonnet-4-8' },
      responseElements: null,
      ...rest,
    },
  }
}

/** A record of the invocation log. */
export const logged = (second: number, more: Record<string, unknown> = {}) => ({
  schemaType: 'ModelInvocationLog',
  schemaVersion: '1.0',
  timestamp: timeOf(second),
  accountId: home,
  region: 'us-east-1',
  requestId: uuid(),
  operation: 'Converse',
  modelId: 'anthropic.claude-sonnet-4-8',
  identity: { arn: `arn:aws:sts::${home}:assumed-role/shop-chatbot/web` },
  input: {
    inputBodyJson: { messages: [{ role: 'user', content: [{ text: 'Hello.' }] }] },
    inputTokenCount: 10,
  },
  output: { outputBodyJson: answered() },
  ...more,
})

/** An answer of Converse, with a guardrail's assessment. */
export const answered = (assessment?: object) => ({
  stopReason: assessment ? 'guardrail_intervened' : 'end_turn',
  output: { message: { role: 'assistant', content: [{ text: 'Sorry.' }] } },
  usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
  trace: {
    guardrail: { inputAssessment: { gr4rdr41l0id: { invocationMetrics: {}, ...assessment } } },
  },
})

const filter = (type: string, confidence: string) => ({ type, confidence, action: 'BLOCKED', detected: true })
export const violence = { contentPolicy: { filters: [filter('VIOLENCE', 'MEDIUM')] } }
export const attack = { contentPolicy: { filters: [filter('PROMPT_ATTACK', 'HIGH')] } }
export const twoPolicies = {
  ...violence,
  topicPolicy: { topics: [{ name: 'x', type: 'DENY', action: 'BLOCKED' }] },
}

/** A guardrail stopped this user, as the invocation log says. */
export const stopped = (second: number, userId: string, assessment: object = violence) =>
  logged(second, { requestMetadata: { userId }, output: { outputBodyJson: answered(assessment) } })

/** A batch of the queue. */
export const batch = (...bodies: (object | string)[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `m-${index}`,
    eventSource: 'aws:sqs',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })),
})

/** A batch of a log subscription to what Bedrock writes. */
export const subscription = (...messages: (object | string)[]) =>
  subscribed('aws/bedrock/modelinvocations', ...messages)

export const subscribed = (logStream: string, ...messages: (object | string)[]) => {
  const logEvents = messages.map((message, index) => ({
    id: `event-${index}`,
    timestamp: start * 1000,
    message: typeof message === 'string' ? message : JSON.stringify(message),
  }))
  const where = { logGroup: '/bedrock/invocations', logStream }
  return packed({
    messageType: 'DATA_MESSAGE',
    owner: home,
    ...where,
    subscriptionFilters: ['all'],
    logEvents,
  })
}

export const packed = (payload: object) => ({
  awslogs: { data: gzipSync(JSON.stringify(payload)).toString('base64') },
})

/** So many of something. */
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
