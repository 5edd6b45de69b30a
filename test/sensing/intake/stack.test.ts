import { expect, test } from 'vitest'
import { deploymentOf } from '../../../infrastructure/stack/deployment.ts'
import { ruleOf } from '../../../infrastructure/stack/events/rules.ts'
import { policyOf } from '../../../infrastructure/stack/functions/lambda.ts'
import { senseLambda, sensing } from '../../../infrastructure/stack/functions/sense.ts'
import { logicalId } from '../../../infrastructure/stack/template/template.ts'
import { compile } from '../../../matching/compile.ts'
import { matches } from '../../../matching/matches.ts'
import { rules } from '../../../rules/index.ts'
import { allows, near } from '../../infrastructure/iam.ts'
import { called, type Event } from './given.ts'

const dev = { ...deploymentOf({ stage: 'dev', ceiling: 'observe', budget: 10 }), logBucket: 'my-logs' }
const made = sensing(dev)
const policy = policyOf(senseLambda(dev), dev.prefix)
const feeds = Object.entries(made).filter(([, { Type }]) => Type === 'AWS::Events::Rule')

test.each([
  ['counts', 'dynamodb:UpdateItem', 'window#inference-volume#1', true],
  ['reads its counters', 'dynamodb:Query', 'window#inference-volume#1', true],
  ['writes no containment', 'dynamodb:UpdateItem', 'containment#deny-inference#1', false],
  ['sets no limit', 'dynamodb:UpdateItem', 'limit#u-17', false],
  ['deletes nothing', 'dynamodb:DeleteItem', 'window#inference-volume#1', false],
])('the role %s', (_, action, key, may) => {
  const context = { 'dynamodb:LeadingKeys': [key] }
  const resource = near('dynamodb', 'table/portcullis-dev-journal')
  expect(allows(policy, { action, resource, context })).toBe(may)
  expect(allows(policy, { action, resource })).toBe(false)
})

test.each([
  ['portcullis', 'portcullis-dev', true],
  ['portcullis.app', 'portcullis-dev', false],
  ['portcullis', 'default', false],
])('the role says %s on %s: %s', (source, bus, may) => {
  const call = { action: 'events:PutEvents', resource: near('events', `event-bus/${bus}`) }
  expect(allows(policy, { ...call, context: { 'events:source': [source] } })).toBe(may)
})

test('the role reads nothing in S3 but the log', () => {
  const read = (resource: string) => allows(policy, { action: 's3:GetObject', resource })
  expect([read('arn:aws:s3:::my-logs/x'), read('arn:aws:s3:::others/x')]).toEqual([true, false])
  expect(JSON.stringify(senseLambda({ ...dev, logBucket: '' }).own)).not.toContain('s3:')
})

test('only sense can send to the bus as the stack', () => {
  expect(made.Bus?.Properties).toMatchObject({
    Name: 'portcullis-dev',
    Policy: {
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'events:PutEvents',
          Condition: {
            'ForAnyValue:StringNotEquals': { 'events:source': 'portcullis.app' },
            ArnNotEquals: {
              'aws:PrincipalArn': { 'Fn::Sub': expect.stringMatching(/:role\/portcullis-dev-sense$/) },
            },
          },
        },
      ],
    },
  })
})

/** The feeds that match an event. */
const fed = (event: Event) =>
  feeds.flatMap(([id, { Properties }]) => (matches(compile(Properties.EventPattern), event) ? [id] : []))
const agents = ['CallsOfAgents']

test.each([
  ['an inference', called(0, 'InvokeModel'), ['CallsOfModels']],
  ['a refused one', called(0, 'Converse', { errorCode: 'AccessDenied' }), ['CallsOfModels']],
  ['a guardrail at work', called(0, 'ApplyGuardrail'), ['CallsOfModels']],
  ['bedrock-mantle', called(0, 'CreateInference', { service: 'bedrock-mantle' }), ['CallsOfModels']],
  ['an endpoint', called(0, 'InvokeEndpoint', { service: 'sagemaker' }), ['CallsOfEndpoints']],
  ['an approval', called(0, 'UpdateModelPackage', { service: 'sagemaker' }), ['CallsOfEndpoints']],
  ['other work on models', called(0, 'CreateTrainingJob', { service: 'sagemaker' }), []],
  ['an agent that strays', called(0, 'ListUsers', { service: 'iam', role: 'AgentCore-x' }), agents],
  ['an agent that logs', called(0, 'CreateLogStream', { service: 'logs', role: 'AgentCore-x' }), []],
  ['another principal', called(0, 'ListUsers', { service: 'iam' }), []],
  [
    'a read of weights',
    called(0, 'GetObject', { service: 's3', requestParameters: { bucketName: 'x-model-artifacts' } }),
    ['ReadsOfArtefacts'],
  ],
  ['any other read', called(0, 'GetObject', { service: 's3', requestParameters: { bucketName: 'x' } }), []],
  ['an application', { ...called(0, 'x'), source: 'portcullis.app' }, ['Applications']],
  ['the stack itself', { ...called(0, 'x'), source: 'portcullis' }, []],
])('%s reaches the feeds that count it', (_, event, ids) => expect(fed(event)).toEqual(ids))

test('feeds that count read-only calls ask for them', () => {
  const reading = feeds.flatMap(([id, { Properties }]) => (Properties.State === 'ENABLED' ? [] : [id]))
  expect(reading).toEqual(['CallsOfModels', ...agents])
})

test('undeliverable and unreadable messages are kept, and each feed may send its own', () => {
  for (const [, { Properties }] of feeds) expect(JSON.stringify(Properties)).toContain('SenseDeadLetters')
  expect(JSON.stringify(made.FloodsPolicy)).toContain(
    JSON.stringify(feeds.map(([id]) => ({ 'Fn::GetAtt': [id, 'Arn'] }))),
  )
  expect(made.FloodsSource?.Properties).toMatchObject({
    BatchSize: 1000,
    MaximumBatchingWindowInSeconds: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  })
})

test('rules on signals are on the stack’s bus, all others on the default bus', () => {
  for (const rule of rules) {
    const { EventBusName, EventPattern } = ruleOf(rule, dev)[logicalId(rule.name, 'Rule')]?.Properties ?? {}
    const isSignal = JSON.stringify(EventPattern).includes('"portcullis"')
    expect(EventBusName, rule.name).toEqual(isSignal ? { Ref: 'Bus' } : undefined)
  }
})

test('a rule can ask for read-only calls', () => {
  const state = (reads?: true) =>
    Object.values(ruleOf({ ...(rules[0] as (typeof rules)[0]), ...(reads && { reads }) }, dev))[0]?.Properties
      .State
  expect([state(), state(true)]).toEqual(['ENABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'])
})
