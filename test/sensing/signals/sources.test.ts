import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { signalsOf } from '../../../sensing/signals/read.ts'
import { linesIn } from '../../../sensing/signals/unpack.ts'
import { call, log, shapes } from './shapes.ts'

const intervened = shapes.CloudTrail?.('INTERVENED')
const invocation = shapes['the invocation log']?.('NONE') as typeof log
const principal = {
  name: 'role/chat-app',
  arn: 'arn:aws:sts::111122223333:assumed-role/chat-app/chat-prod',
  account: '111122223333',
  session: 'chat-prod',
}

describe('CloudTrail', () => {
  test('has the caller, model, time and Region of a call', () => {
    expect(signalsOf(call)).toMatchObject([
      {
        type: 'ModelInvocationObserved',
        origin: 'cloudtrail',
        operation: 'Converse',
        model: 'anthropic.claude-sonnet-4-8',
        time: '2026-11-21T06:12:31Z',
        account: '111122223333',
        region: 'us-east-1',
        requestId: call.requestID,
        evidence: { where: 'cloudtrail', id: call.eventID },
        principal: {
          ...principal,
          accessKeyId: 'ASIA4XPORTCULLISCHAT',
          principalId: 'AROA4XPORTCULLISCHAT:chat-prod',
          sourceIp: '198.51.100.77',
        },
      },
    ])
  })

  test('has the guardrail, version and side of an assessment', () => {
    expect(signalsOf(intervened)).toMatchObject([
      { guardrail: { id: 'gr4rdr41l0id', version: '2' }, direction: 'input' },
    ])
  })

  test('takes an enforced guardrail from the resources', () => {
    const enforced = {
      ...(intervened as object),
      requestParameters: { guardrailIdentifier: 'ENFORCED', guardrailVersion: 'ENFORCED', source: 'OUTPUT' },
      resources: [
        { type: 'AWS::Bedrock::Guardrail', ARN: 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abcd1234' },
      ],
    }
    expect(signalsOf(enforced)).toMatchObject([{ guardrail: { id: 'abcd1234' }, direction: 'output' }])
  })

  test('keeps the error of a refused call', () => {
    expect(signalsOf({ ...call, errorCode: 'AccessDenied' })).toMatchObject([{ errorCode: 'AccessDenied' }])
  })

  test('includes calls through bedrock-mantle with an API key', () => {
    const mantle = {
      ...call,
      eventSource: 'bedrock-mantle.amazonaws.com',
      eventName: 'CreateInference',
      requestParameters: {
        model: 'openai.gpt-oss-120b',
        callWithBearerToken: true,
        metadata: { user_id: 'u-17' },
      },
    }
    expect(signalsOf(mantle)).toMatchObject([
      { model: 'openai.gpt-oss-120b', bearerToken: true, user: 'u-17' },
    ])
  })

  test('counts the tokens of a stream that ended, but no further call', () => {
    const ended = {
      ...call,
      eventType: 'AwsServiceEvent',
      requestParameters: null,
      serviceEventDetails: {
        parentRequestId: 'p-1',
        AdditionalEventData: { additionalEntries: { inputTokens: 18694, outputTokens: 356 } },
      },
    }
    expect(signalsOf(ended)).toMatchObject([
      { completes: 'p-1', tokens: { input: 18694, output: 356, total: 19050 } },
    ])
  })

  test.each(['InvokeAgent', 'RetrieveAndGenerate', 'InvokeModel'])('includes %s', (eventName) => {
    expect(signalsOf({ ...call, eventName })).toHaveLength(1)
  })

  test.each([
    { eventName: 'ListFoundationModels' },
    { eventName: 'InvokeModel', eventSource: 'lambda.amazonaws.com' },
    { eventName: 'toString' },
  ])('says nothing of %o', (other) => expect(signalsOf({ ...call, ...other })).toEqual([]))
})

describe('the invocation log', () => {
  test('has the caller, end user, session, model and tokens, and the digest of the prompt', () => {
    expect(signalsOf(invocation)).toMatchObject([
      {
        origin: 'invocation-log',
        principal,
        user: 'u-17',
        session: 'chat-7',
        model: log.modelId,
        tokens: { input: 12, output: 3, total: 15 },
        prompt: { length: 5 },
        completion: { length: 6 },
        guarded: false,
        evidence: { id: log.requestId },
      },
    ])
  })

  test('does not report an answer in S3 as unguarded', () => {
    const large = { ...log, output: { outputBodyS3Path: 's3://logs/large/output.json.gz' } }
    const [signal] = signalsOf(large)
    expect(signal).toMatchObject({ unread: 's3://logs/large/output.json.gz' })
    expect(signal).not.toHaveProperty('guarded')
  })

  test('accepts a time with a blank and nanoseconds', () => {
    expect(signalsOf({ ...invocation, timestamp: '2025-05-15 14:17:22.123456789' })).toMatchObject([
      { time: '2025-05-15T14:17:22.123Z' },
    ])
  })

  test('is read from the packed batch of a subscription', () => {
    const logEvents = [invocation, shapes['the invocation log']?.('INTERVENED')].map((one, index) => ({
      id: String(index),
      timestamp: 1795241551000,
      message: JSON.stringify(one),
    }))
    const payload = {
      messageType: 'DATA_MESSAGE',
      logGroup: '/bedrock',
      logStream: 'aws/bedrock/modelinvocations',
      logEvents,
    }
    const data = gzipSync(JSON.stringify(payload)).toString('base64')
    const types = signalsOf({ awslogs: { data } }).map((one) => one.type)
    expect(types).toEqual(['ModelInvocationObserved', 'GuardrailIntervened', 'ModelInvocationObserved'])
    expect(signalsOf(data)[0]?.evidence.where).toBe('/bedrock:aws/bedrock/modelinvocations')
  })

  test('has no signals in the control message of a subscription', () => {
    expect(
      signalsOf({ messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'CWL CONTROL MESSAGE' }] }),
    ).toEqual([])
  })

  test('is read from a file, packed or not', () => {
    const file = Buffer.from(`${JSON.stringify(invocation)}\n${JSON.stringify(invocation)}\n`)
    for (const bytes of [file, gzipSync(file)]) expect(linesIn(bytes).flatMap(signalsOf)).toHaveLength(2)
  })
})

test('an application adds its labels to an answer', () => {
  const response = shapes.Converse?.('INTERVENED')
  const signals = signalsOf({
    response,
    user: 'u-17',
    session: 'chat-7',
    principal: principal.arn,
    modelId: log.modelId,
  })
  expect(signals).toMatchObject([
    { user: 'u-17', session: 'chat-7', principal, model: log.modelId },
    { tokens: { total: 15 } },
  ])
})
