/** The ways in which Bedrock tells of a guardrail's judgement, each round the same assessment. */
export type Assessment = Record<string, unknown>
export type Verdict = 'INTERVENED' | 'NONE'

const id = 'gr4rdr41l0id'
const chunk = (body: unknown) => ({ chunk: { bytes: Buffer.from(JSON.stringify(body)).toString('base64') } })
const stopped = (said: Verdict) => (said === 'INTERVENED' ? 'guardrail_intervened' : 'end_turn')
const metrics = { invocationMetrics: { guardrailProcessingLatency: 179 } }

const invoked = (said: Verdict, one?: Assessment) => ({
  'amazon-bedrock-guardrailAction': said,
  ...(one && { 'amazon-bedrock-trace': { guardrail: { input: { [id]: { ...metrics, ...one } } } } }),
  content: [{ type: 'text', text: 'Sorry.' }],
})

const conversed = (said: Verdict, one?: Assessment) => ({
  stopReason: stopped(said),
  output: { message: { role: 'assistant', content: [{ text: 'Sorry.' }] } },
  usage: { inputTokens: 12, outputTokens: 3, totalTokens: 15 },
  ...(one && { trace: { guardrail: { inputAssessment: { [id]: { ...metrics, ...one } } } } }),
})

export const shapes: Record<string, (said: Verdict, one?: Assessment) => unknown> = {
  Converse: conversed,
  'a Converse stream': (said, one) => [
    { messageStart: { role: 'assistant' } },
    { contentBlockDelta: { delta: { text: 'Sorry.' }, contentBlockIndex: 0 } },
    { messageStop: { stopReason: stopped(said) } },
    {
      metadata: {
        usage: { inputTokens: 12, outputTokens: 3, totalTokens: 15 },
        ...(one && { trace: { guardrail: { outputAssessments: { [id]: [{ ...metrics, ...one }] } } } }),
      },
    },
  ],
  InvokeModel: invoked,
  'an InvokeModel stream': (said, one) => [chunk({ type: 'message_start' }), chunk(invoked(said, one))],
  ApplyGuardrail: (said, one) => ({
    action: said === 'INTERVENED' ? 'GUARDRAIL_INTERVENED' : 'NONE',
    outputs: [{ text: 'Sorry.' }],
    assessments: one ? [{ ...metrics, ...one }] : [],
  }),
  'an agent': (said, one) => [
    { chunk: { bytes: Buffer.from('Sorry.').toString('base64') } },
    {
      trace: {
        agentId: 'AGENT12345',
        sessionId: 'chat-7',
        trace: {
          guardrailTrace: { action: said, inputAssessments: one ? [one] : [], outputAssessments: [] },
        },
      },
    },
  ],
  'the invocation log': (said, one) => ({ ...log, output: { outputBodyJson: conversed(said, one) } }),
  'the invocation log, streamed': (said, one) => ({
    ...log,
    operation: 'InvokeModelWithResponseStream',
    output: { outputBodyJson: [{ type: 'message_start' }, invoked(said, one)] },
  }),
  CloudTrail: (said, one) => ({
    ...call,
    eventName: 'ApplyGuardrail',
    requestParameters: { guardrailIdentifier: id, guardrailVersion: '2', source: 'INPUT' },
    responseElements: {
      action: said === 'INTERVENED' ? 'GUARDRAIL_INTERVENED' : 'NONE',
      assessments: one ? [one] : [],
    },
  }),
}

export const log = {
  schemaType: 'ModelInvocationLog',
  schemaVersion: '1.0',
  timestamp: '2026-11-21T06:12:31Z',
  accountId: '111122223333',
  region: 'us-east-1',
  requestId: '12fe356a-c71b-4645-9699-a8640abd4830',
  operation: 'Converse',
  modelId: 'anthropic.claude-sonnet-4-8',
  identity: { arn: 'arn:aws:sts::111122223333:assumed-role/chat-app/chat-prod' },
  requestMetadata: { userId: 'u-17', sessionId: 'chat-7' },
  input: {
    inputBodyJson: { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] },
    inputTokenCount: 12,
  },
}

export const call = {
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROA4XPORTCULLISCHAT:chat-prod',
    arn: 'arn:aws:sts::111122223333:assumed-role/chat-app/chat-prod',
    accountId: '111122223333',
    accessKeyId: 'ASIA4XPORTCULLISCHAT',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        arn: 'arn:aws:iam::111122223333:role/apps/chat-app',
        userName: 'chat-app',
      },
    },
  },
  eventTime: '2026-11-21T06:12:31Z',
  eventSource: 'bedrock.amazonaws.com',
  eventName: 'Converse',
  awsRegion: 'us-east-1',
  sourceIPAddress: '198.51.100.77',
  requestParameters: { modelId: 'anthropic.claude-sonnet-4-8' },
  responseElements: null,
  requestID: '12fe356a-c71b-4645-9699-a8640abd4830',
  eventID: 'a81c9007-2f7e-4b6a-8e43-7c1d0b5f9e21',
  eventType: 'AwsApiCall',
  recipientAccountId: '111122223333',
}

/** The same value with every key in PascalCase; the keys of models and headers have no such form. */
export function inPascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inPascalCase)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      /[-_\d]/.test(key) ? key : key.charAt(0).toUpperCase() + key.slice(1),
      inPascalCase(inner),
    ]),
  )
}
