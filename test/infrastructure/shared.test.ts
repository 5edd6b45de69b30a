import { describe, expect, test } from 'vitest'
import { serviceNames, stackRoleNames } from '../../engine/role-names.ts'
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
const { Outputs } = dev.resources as { Outputs: Record<string, unknown> }
const allOf = (made: ReturnType<typeof stack>): Made =>
  Object.assign({}, made.resources.Resources, ...made.nested.map(({ resources }) => resources))
const Resources = allOf(dev)
/** What the plugin asks of osls; it is not asked to deploy here. */
const osls = {
  serviceDir: '',
  service: { provider: { compiledCloudFormationTemplate: { Resources: {} } } },
  getProvider: () => ({
    getAwsSdkV3Config: async () => ({}),
    getServerlessDeploymentBucketName: async () => '',
  }),
}
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

test('the local stack differs in two things: its journal may be removed, and it has no metric math', () => {
  const responders = respondersOf('local')
  const as = (stage: string) =>
    allOf(stack({ ...deploymentOf({ stage, ceiling: 'observe', budget: 10 }), responders }))
  const local: Made = JSON.parse(
    JSON.stringify(as('local')).replaceAll('portcullis-local', 'portcullis-other'),
  )
  const different = Object.entries(as('other')).flatMap(([id, resource]) =>
    // The URL of a nested template holds the stage and a hash of the template.
    resource.Type !== 'AWS::CloudFormation::Stack' && JSON.stringify(resource) !== JSON.stringify(local[id])
      ? [id]
      : [],
  )
  expect(different.sort()).toEqual([
    'AnnounceDeadLettersAlarm',
    'DecisionsDeadLettersAlarm',
    'Journal',
    'SenseDeadLettersAlarm',
  ])
  expect(local.Journal?.Properties.DeletionProtectionEnabled).toBe(false)
})

describe.each(playbooks.map(({ name }) => name))('the schedules of %s', (name) => {
  test('are started with a role that only the scheduler may assume, for their group only', () => {
    expect(properties(logicalId(name, 'Clock'))).toEqual({ Name: `portcullis-dev-${name}` })
    expect(properties(logicalId(name, 'SchedulerRole'))).toMatchObject({
      RoleName: `portcullis-dev-${name}-scheduler`,
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

test('the roles of schedules from before the split are in the root template, for their function only', () => {
  const earlier = Object.entries(dev.resources.Resources as Made).filter(([id]) => id.endsWith('ClockRole'))
  expect(earlier).toHaveLength(15)
  for (const [, { Properties }] of earlier) {
    const name = String(Properties.RoleName).replace('-clock', '')
    expect(JSON.stringify(Properties.Policies)).toContain(`:function:${name}"`)
    expect(JSON.stringify(Properties.AssumeRolePolicyDocument)).toContain(`:schedule-group/${name}"`)
  }
})

test('the functions know every role of the stack by its exact name', () => {
  const roles = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Role')
    .map(({ Properties }) => String(Properties.RoleName))
    .filter((name) => !name.endsWith('-clock'))
  const known = stackRoleNames(
    'portcullis-dev',
    playbooks.map(({ name }) => name),
  )
  expect(known.sort()).toEqual(roles.sort())
  for (const { name } of playbooks) {
    expect(dev.functions[name]?.environment).toMatchObject({
      PORTCULLIS_PLAYBOOKS: playbooks.map((one) => one.name).join(','),
    })
  }
})

test('the e-mail address of the stage is subscribed, where it has one', async () => {
  const subscriptions = async (email: string) => {
    const said: Record<string, string> = {
      'sls:stage': 'dev',
      'param:ceiling': 'observe',
      'param:email': email,
    }
    const { value } = await new Portcullis(osls).resolve({
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

const alarms = Object.values(Resources).flatMap(({ Type, Properties }) =>
  Type === 'AWS::CloudWatch::Alarm' ? [Properties] : [],
)
const alarmNamed = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `portcullis-dev-${name}`)

test('every alarm notifies the responders, and says what happened and what to do', () => {
  for (const { AlarmName, AlarmDescription, AlarmActions, TreatMissingData } of alarms) {
    expect(AlarmDescription, String(AlarmName)).toMatch(/\. Read .+\.$/)
    expect(AlarmActions).toEqual([{ 'Fn::Sub': arn('sns', 'portcullis-dev-alerts') }])
    expect(TreatMissingData).toBe('notBreaching')
  }
})

test('every function that serves has an errors alarm', () => {
  for (const name of serviceNames)
    expect(alarmNamed(`${name}-errors`)).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: `portcullis-dev-${name}` }],
      Threshold: 0,
    })
})

describe.each(
  Object.values(Resources).flatMap(({ Type, Properties: { QueueName, RedrivePolicy } }) =>
    Type === 'AWS::SQS::Queue' && RedrivePolicy === undefined ? [String(QueueName)] : [],
  ),
)('the dead-letter queue %s', (queue) => {
  test('keeps messages for 14 days, encrypted', () => {
    const made = Object.values(Resources).find(({ Properties }) => Properties.QueueName === queue)
    expect(made?.Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 })
  })

  // Source: SQS Developer Guide: what a redrive policy moves is not counted as sent.
  test('has an alarm for every new message: by sends, or by the count where SQS moves messages itself', () => {
    const one = alarms.find((all) => JSON.stringify(all).includes(`"${queue}"`))
    const id =
      Object.entries(Resources).find(([, { Properties }]) => Properties.QueueName === queue)?.[0] ?? ''
    const redriven = Object.values(Resources).some(({ Properties: { RedrivePolicy } }) =>
      JSON.stringify(RedrivePolicy ?? '').includes(`"${id}"`),
    )
    if (redriven) expect(JSON.stringify(one?.Metrics)).toContain('DIFF(FILL(visible, 0))')
    else expect(one).toMatchObject({ MetricName: 'NumberOfMessagesSent', Statistic: 'Sum', Threshold: 0 })
  })
})

test('every function has its ARN among the outputs', () => {
  for (const name of Object.keys(dev.functions)) expect(Outputs[logicalId(name, 'Arn')], name).toBeDefined()
})

test('late announcements have an alarm', () => {
  expect(properties('AnnounceLateAlarm')).toMatchObject({ MetricName: 'IteratorAge', Threshold: 300_000 })
})
