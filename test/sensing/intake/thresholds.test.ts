import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  answered,
  attack,
  batch,
  called,
  logged,
  stopped,
  subscription,
  times,
  twoPolicies,
} from './given.ts'
import { startSite } from './site.ts'

const site = await startSite()
vi.spyOn(console, 'log').mockReturnValue()
beforeEach(() => site.reset())
afterAll(() => site.stop())

const denied = { errorCode: 'AccessDenied' }
const GiB = 2 ** 30
const read = (second: number, bytes: number, bucketName = 'llm-model-artifacts') =>
  called(second, 'GetObject', {
    service: 's3',
    requestParameters: { bucketName, key: 'weights' },
    additionalEventData: { bytesTransferredOut: bytes },
  })
const modelPackageArn = 'arn:aws:sagemaker:us-east-1:111122223333:model-package/scorer/2'
const registered = { service: 'sagemaker', role: 'ml', responseElements: { modelPackageArn } }
const approval = { modelPackageArn, modelApprovalStatus: 'Approved' }
const approved = { service: 'sagemaker', requestParameters: approval }
const chain = [
  called(0, 'ListFoundationModels'),
  called(60, 'GetFoundationModelAvailability'),
  called(120, 'PutFoundationModelEntitlement'),
  called(300, 'InvokeModel'),
]
const forced = [
  ...chain.slice(0, 2),
  ...times(3, (n) => called(200 + n, 'Converse', denied)),
  called(300, 'Converse'),
]
const spent = (second: number, total: number, requestId?: string) =>
  logged(second, {
    ...(requestId && { requestId }),
    requestMetadata: { sessionId: 'chat-7' },
    output: {
      outputBodyJson: { ...answered(), usage: { inputTokens: 1, outputTokens: total - 1 } },
    },
  })

/** The input of the function, and the limits that it signals. */
const cases: [title: string, input: object, signalled: string[]][] = [
  ['THREAT-06: reconnaissance, model access, inference', batch(...chain), ['llmjacking-chain 1']],
  ['THREAT-06: reconnaissance, refusals, inference', batch(...forced), ['llmjacking-chain 1']],
  ['THREAT-06: one reconnaissance call', batch(...chain.slice(1)), []],
  ['THREAT-06: no inference', batch(...chain.slice(0, 3)), []],
  ['THREAT-06: spread over an hour', batch(...chain.slice(0, 3), called(3600, 'InvokeModel')), []],
  [
    'THREAT-07: five refusals',
    batch(...times(5, (n) => called(n * 120, 'Converse', denied))),
    ['inference-denied 5'],
  ],
  ['THREAT-07: four refusals', batch(...times(4, (n) => called(n, 'Converse', denied))), []],
  ['THREAT-07: five over a longer time', batch(...times(5, (n) => called(n * 160, 'Converse', denied))), []],
  [
    'THREAT-15: weakened, then used',
    batch(called(0, 'UpdateGuardrail'), called(1700, 'Converse')),
    ['guardrail-weakened-then-used 1'],
  ],
  ['THREAT-15: used, then weakened', batch(called(0, 'Converse'), called(60, 'UpdateGuardrail')), []],
  ['THREAT-15: by two roles', batch(called(0, 'UpdateGuardrail'), called(9, 'Converse', { role: 'b' })), []],
  [
    'THREAT-17: three interventions',
    subscription(...times(3, (n) => stopped(n * 60, 'u-17'))),
    ['end-user-attacks 3'],
  ],
  ['THREAT-17: two users', subscription(...times(4, (n) => stopped(n, `u-${n % 2}`))), []],
  [
    'THREAT-17: two attacks of high confidence and one more',
    subscription(stopped(0, 'u', attack), stopped(9, 'u', attack), stopped(20, 'u')),
    ['end-user-attacks 3', 'end-user-attacks 5'],
  ],
  [
    'THREAT-17: two policies in one request',
    subscription(stopped(0, 'u', twoPolicies), stopped(9, 'u')),
    ['end-user-attacks 3'],
  ],
  [
    'THREAT-18: no guardrail',
    subscription(...times(3, (n) => logged(n, { output: { outputBodyJson: { stopReason: 'end_turn' } } }))),
    ['unguarded-inference 1'],
  ],
  ['THREAT-18: with a guardrail', subscription(logged(0)), []],
  [
    'THREAT-31: three services',
    batch(...['sts', 'iam', 's3'].map((service, n) => called(n, 'List', { service, role: 'AgentCore-x' }))),
    ['agent-role-strays 3'],
  ],
  [
    'THREAT-31: one service beside its own',
    batch(
      ...['sts', 'sts', 'logs', 'xray'].map((service, n) =>
        called(n, 'List', { service, role: 'AgentCore-x' }),
      ),
    ),
    [],
  ],
  [
    'THREAT-31: not an agent',
    batch(...['sts', 'iam', 's3'].map((service, n) => called(n, 'List', { service }))),
    [],
  ],
  ['THREAT-34: soft limit', subscription(spent(0, 200_000), spent(60, 60_000)), ['session soft']],
  [
    'THREAT-34: soft and hard limit',
    subscription(spent(0, 600_000), spent(60, 600_000)),
    ['session soft', 'session hard'],
  ],
  [
    'THREAT-34: one request reported twice',
    subscription(spent(0, 200_000, 'r-1'), spent(1, 200_000, 'r-1')),
    [],
  ],
  [
    'THREAT-36: by one person',
    batch(
      called(0, 'CreateModelPackage', registered),
      called(9000, 'UpdateModelPackage', { ...approved, role: 'ml' }),
    ),
    ['model-package-self-approved 1'],
  ],
  [
    'THREAT-36: registered as approved',
    batch(
      called(0, 'CreateModelPackage', {
        ...registered,
        requestParameters: { modelApprovalStatus: 'Approved' },
      }),
    ),
    ['model-package-self-approved 1'],
  ],
  [
    'THREAT-36: by two people',
    batch(
      called(0, 'CreateModelPackage', registered),
      called(9, 'UpdateModelPackage', { ...approved, role: 'mlops' }),
    ),
    [],
  ],
  [
    'THREAT-38: a whole model',
    batch(...times(5, (n) => read(n * 100, 4 * GiB))),
    ['model-artefacts-read 20'],
  ],
  ['THREAT-38: half a model', batch(...times(5, (n) => read(n * 100, 2 * GiB))), []],
  [
    'THREAT-39: five hundred',
    batch(...times(500, (n) => called(n, 'InvokeModel'))),
    ['inference-volume 500'],
  ],
  ['THREAT-39: one call fewer', batch(...times(499, (n) => called(n, 'InvokeModel'))), []],
  [
    'THREAT-39: streams count once',
    batch(
      ...times(300, (n) => called(n, 'ConverseStream')),
      ...times(300, (n) =>
        called(n, 'ConverseStream', {
          eventType: 'AwsServiceEvent',
          serviceEventDetails: { parentRequestId: `r-${n}` },
        }),
      ),
    ),
    [],
  ],
]

describe('each threshold signals what reaches its limit, and nothing that narrowly does not', () => {
  test.each(cases)('%s', async (_, input, signalled) => {
    expect(await site.give(input)).toEqual({ batchItemFailures: [] })
    const signals = (await site.heard()).flatMap((one) => {
      if (one.type === 'ThresholdCrossed')
        return [`${one.threshold} ${one.limit > 1e9 ? one.limit / GiB : one.limit}`]
      return one.type === 'BudgetBreach' ? [`${one.scope} ${one.level}`] : []
    })
    expect(signals.sort()).toEqual([...signalled].sort())
  })
})
