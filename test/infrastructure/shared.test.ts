import { describe, expect, test } from 'vitest'
import Portcullis from '../../infrastructure/plugin.ts'
import { deploymentOf } from '../../infrastructure/stack/deployment.ts'
import { respondersOf } from '../../infrastructure/stack/responders/responders.ts'
import {
  arn,
  arnOf,
  logicalId,
  type Resources as Made,
  the,
} from '../../infrastructure/stack/template/template.ts'
import { stack } from '../../infrastructure/stack.ts'
import { inferenceActions } from '../../playbooks/identity/inference-actions.ts'
import { playbooks } from '../../playbooks/index.ts'

const dev = stack(deploymentOf({ stage: 'dev', ceiling: 'observe', budget: 10 }))
const { Resources, Outputs } = dev.resources as { Resources: Made; Outputs: Record<string, unknown> }
const properties = (id: string) => Resources[id]?.Properties

test('the journal streams, forgets, is backed up, encrypted, and outlives the stack', () => {
  expect(Resources.Journal).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
  expect(properties('Journal')).toMatchObject({
    TableName: 'portcullis-dev-journal',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    DeletionProtectionEnabled: true,
  })
})

test('the local stack differs in one thing: its journal may be removed', () => {
  const responders = respondersOf('local')
  const as = (stage: string) =>
    stack({ ...deploymentOf({ stage, ceiling: 'observe', budget: 10 }), responders })
  const other = JSON.parse(JSON.stringify(as('local')).replaceAll('portcullis-local', 'portcullis-other'))
  expect(other.resources.Resources.Journal.Properties.DeletionProtectionEnabled).toBe(false)
  other.resources.Resources.Journal.Properties.DeletionProtectionEnabled = true
  expect(other).toEqual(JSON.parse(JSON.stringify(as('other'))))
})

describe.each(playbooks.map(({ name }) => name))('the clock of %s', (name) => {
  test('is taken by the scheduler alone, for its own group alone', () => {
    expect(properties(logicalId(name, 'Clock'))).toEqual({ Name: `portcullis-dev-${name}` })
    expect(properties(logicalId(name, 'ClockRole'))).toMatchObject({
      RoleName: `portcullis-dev-${name}-clock`,
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { 'Fn::Sub': the('AWS::AccountId') } },
              ArnEquals: {
                'aws:SourceArn': { 'Fn::Sub': arn('scheduler', `schedule-group/portcullis-dev-${name}`) },
              },
            },
          },
        ],
      },
    })
  })
})

test('the functions know every role of the stack by its name, and no other', () => {
  const roles = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Role')
    .map((one) => one.Properties.RoleName)
  for (const { name } of playbooks) {
    const known = (dev.functions[name]?.environment as { PORTCULLIS_ROLES?: string } | undefined)
      ?.PORTCULLIS_ROLES
    expect(known?.split(',').sort()).toEqual(roles.sort())
  }
})

test('whoever has the e-mail address is asked to subscribe, and nobody without one', async () => {
  const subscriptions = async (email: string) => {
    const said: Record<string, string> = {
      'sls:stage': 'dev',
      'param:ceiling': 'observe',
      'param:email': email,
    }
    const { value } = await new Portcullis().resolve({
      address: 'resources',
      resolveVariable: async (name) => said[name] ?? (name === 'param:budget' ? 10 : ''),
    })
    return Object.values((value as { Resources: Made }).Resources).filter(
      ({ Type }) => Type === 'AWS::SNS::Subscription',
    )
  }
  expect(await subscriptions('')).toEqual([])
  expect(await subscriptions('security@example.com')).toEqual([
    {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Alerts' }, Protocol: 'email', Endpoint: 'security@example.com' },
    },
  ])
})

test('the topic is encrypted with a key that turns, and alarms may write to it', () => {
  expect(properties('Alerts')).toMatchObject({
    TopicName: 'portcullis-dev-alerts',
    KmsMasterKeyId: arnOf('AlertsKey'),
  })
  expect(properties('AlertsKey')).toMatchObject({ EnableKeyRotation: true })
  for (const document of [properties('AlertsKey')?.KeyPolicy, properties('AlertsPolicy')?.PolicyDocument])
    expect(JSON.stringify(document)).toContain('{"Service":"cloudwatch.amazonaws.com"}')
})

test('what deny-inference attaches is there, under the name it is granted', () => {
  expect(properties('DenyInference')).toMatchObject({
    ManagedPolicyName: 'portcullis-dev-deny-inference',
    PolicyDocument: { Statement: [{ Effect: 'Deny', Action: [...inferenceActions], Resource: '*' }] },
  })
})

test('announcements are read from the first, and the one that fails is kept', () => {
  expect(properties('AnnounceStream')).toMatchObject({
    EventSourceArn: { 'Fn::GetAtt': ['Journal', 'StreamArn'] },
    StartingPosition: 'TRIM_HORIZON',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 10,
    DestinationConfig: { OnFailure: { Destination: arnOf('AnnounceDeadLetters') } },
  })
})

describe.each([...playbooks.map(({ name }) => name), 'announce'])('%s', (name) => {
  test('rings when it fails, and when it has dead letters', () => {
    expect(properties(logicalId(name, 'ErrorsAlarm'))).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: `portcullis-dev-${name}` }],
      Threshold: 0,
      AlarmActions: [{ Ref: 'Alerts' }],
    })
    expect(properties(logicalId(name, 'DeadLettersAlarm'))).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: properties(logicalId(name, 'DeadLetters'))?.QueueName }],
      Threshold: 0,
      AlarmActions: [{ Ref: 'Alerts' }],
    })
  })

  test('has its ARN among the outputs', () => expect(Outputs[logicalId(name, 'Arn')]).toBeDefined())
})

test('late announcements ring', () => {
  expect(properties('AnnounceLateAlarm')).toMatchObject({ MetricName: 'IteratorAge', Threshold: 300_000 })
})
