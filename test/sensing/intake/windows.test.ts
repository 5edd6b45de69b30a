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

/** What is given to the function, and which limits of which window it should hear of. */
const cases: [says: string, input: object, hears: string[]][] = [
  ['T06: looked, enabled, used', batch(...chain), ['llmjacking-chain 1']],
  ['T06: looked, forced, used', batch(...forced), ['llmjacking-chain 1']],
  ['T06: looked once', batch(...chain.slice(1)), []],
  ['T06: never used', batch(...chain.slice(0, 3)), []],
  ['T06: an hour to it', batch(...chain.slice(0, 3), called(3600, 'InvokeModel')), []],
  [
    'T07: five refusals',
    batch(...times(5, (n) => called(n * 120, 'Converse', denied))),
    ['inference-denied 5'],
  ],
  ['T07: four refusals', batch(...times(4, (n) => called(n, 'Converse', denied))), []],
  ['T07: five too slow', batch(...times(5, (n) => called(n * 160, 'Converse', denied))), []],
  [
    'T15: weakened, then used',
    batch(called(0, 'UpdateGuardrail'), called(1700, 'Converse')),
    ['guardrail-weakened-then-used 1'],
  ],
  ['T15: used, then weakened', batch(called(0, 'Converse'), called(60, 'UpdateGuardrail')), []],
  ['T15: by two roles', batch(called(0, 'UpdateGuardrail'), called(9, 'Converse', { role: 'b' })), []],
  ['T17: three', subscription(...times(3, (n) => stopped(n * 60, 'u-17'))), ['end-user-attacks 3']],
  ['T17: two users', subscription(...times(4, (n) => stopped(n, `u-${n % 2}`))), []],
  [
    'T17: two sure attacks and one',
    subscription(stopped(0, 'u', attack), stopped(9, 'u', attack), stopped(20, 'u')),
    ['end-user-attacks 3', 'end-user-attacks 5'],
  ],
  [
    'T17: two policies at once',
    subscription(stopped(0, 'u', twoPolicies), stopped(9, 'u')),
    ['end-user-attacks 3'],
  ],
  [
    'T18: no guardrail',
    subscription(...times(3, (n) => logged(n, { output: { outputBodyJson: { stopReason: 'end_turn' } } }))),
    ['unguarded-inference 1'],
  ],
  ['T18: with one', subscription(logged(0)), []],
  [
    'T31: three services',
    batch(...['sts', 'iam', 's3'].map((service, n) => called(n, 'List', { service, role: 'AgentCore-x' }))),
    ['agent-role-strays 3'],
  ],
  [
    'T31: one service, and the usual',
    batch(
      ...['sts', 'sts', 'logs', 'xray'].map((service, n) =>
        called(n, 'List', { service, role: 'AgentCore-x' }),
      ),
    ),
    [],
  ],
  ['T31: no agent', batch(...['sts', 'iam', 's3'].map((service, n) => called(n, 'List', { service }))), []],
  ['T34: softly', subscription(spent(0, 200_000), spent(60, 60_000)), ['session soft']],
  ['T34: in earnest', subscription(spent(0, 600_000), spent(60, 600_000)), ['session soft', 'session hard']],
  ['T34: one request told twice', subscription(spent(0, 200_000, 'r-1'), spent(1, 200_000, 'r-1')), []],
  [
    'T36: by one person',
    batch(
      called(0, 'CreateModelPackage', registered),
      called(9000, 'UpdateModelPackage', { ...approved, role: 'ml' }),
    ),
    ['model-package-self-approved 1'],
  ],
  [
    'T36: at once',
    batch(
      called(0, 'CreateModelPackage', {
        ...registered,
        requestParameters: { modelApprovalStatus: 'Approved' },
      }),
    ),
    ['model-package-self-approved 1'],
  ],
  [
    'T36: by two',
    batch(
      called(0, 'CreateModelPackage', registered),
      called(9, 'UpdateModelPackage', { ...approved, role: 'mlops' }),
    ),
    [],
  ],
  ['T38: a whole model', batch(...times(5, (n) => read(n * 100, 4 * GiB))), ['model-artefacts-read 20']],
  ['T38: half of one', batch(...times(5, (n) => read(n * 100, 2 * GiB))), []],
  ['T39: five hundred', batch(...times(500, (n) => called(n, 'InvokeModel'))), ['inference-volume 500']],
  ['T39: one less', batch(...times(499, (n) => called(n, 'InvokeModel'))), []],
  [
    'T39: streams count once',
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

describe('each window tells what reaches its limit, and of nothing that narrowly does not', () => {
  test.each(cases)('%s', async (_, input, hears) => {
    expect(await site.give(input)).toEqual({ batchItemFailures: [] })
    const said = (await site.heard()).flatMap((one) => {
      if (one.type === 'ThresholdCrossed')
        return [`${one.threshold} ${one.limit > 1e9 ? one.limit / GiB : one.limit}`]
      return one.type === 'BudgetBreach' ? [`${one.scope} ${one.level}`] : []
    })
    expect(said.sort()).toEqual([...hears].sort())
  })
})
