import { applicationSource as applications } from '../../../sdk/tracer.ts'
import { stackSource } from '../../../sensing/intake/source.ts'
import { alarmResource } from '../alarms.ts'
import type { Deployment } from '../deployment.ts'
import { type FloodSource, floodsOf } from '../events/floods.ts'
import { queueOf, receiving } from '../events/queue.ts'
import { keysLike } from '../permissions/journal-access.ts'
import {
  arn,
  arnOf,
  logicalId,
  policyDocument,
  type Resource,
  type Resources,
  substituted,
  the,
} from '../template/template.ts'
import { functionId, type Lambda } from './lambda.ts'

const name = 'sense'

/** Where the model invocation log lies, if it goes to S3. */
type Logged = Deployment & { logBucket?: string }

/** Counts the floods, and says on the stack's own bus what rules want to hear. It can contain nothing. */
export const senseLambda = ({ prefix, logBucket = '' }: Logged): Lambda => ({
  name,
  says: 'Counts calls and interventions, and tells the rules of what reaches a limit',
  secret: true,
  grants: [],
  reads: [],
  own: [
    {
      Sid: 'Count',
      Effect: 'Allow',
      Action: ['dynamodb:Query', 'dynamodb:UpdateItem'],
      Resource: arn('dynamodb', `table/${prefix}-journal`),
      Condition: keysLike('window#*'),
    },
    {
      Sid: 'Signal',
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: busOf(prefix),
      Condition: {
        'ForAllValues:StringEquals': { 'events:source': stackSource },
        Null: { 'events:source': 'false' },
      },
    },
    { Sid: 'TakeFloods', Effect: 'Allow', Action: receiving, Resource: arn('sqs', `${prefix}-floods`) },
    ...(logBucket
      ? [
          {
            Sid: 'ReadTheLog',
            Effect: 'Allow' as const,
            Action: 's3:GetObject',
            Resource: `arn:${the('AWS::Partition')}:s3:::${logBucket}/*`,
          },
        ]
      : []),
  ],
  environment: {
    PORTCULLIS_TABLE: the('Journal'),
    PORTCULLIS_BUS: the('Bus'),
    PORTCULLIS_DEAD_LETTERS: the(logicalId(name, 'DeadLetters')),
    PORTCULLIS_LOG_BUCKET: logBucket,
  },
})

const busOf = (prefix: string): string => arn('events', `event-bus/${prefix}`)

/** The bus of signals, what feeds sense, and the alarm when it falls behind. */
export function sensing({ prefix, logBucket = '' }: Logged): Resources {
  const floods = floodsOf(logBucket)
  const dead = logicalId(name, 'DeadLetters')
  const fed = queueOf('Floods', `${prefix}-floods`, name)
  return {
    Bus: bus(prefix),
    ...fed,
    Floods: withMore(fed.Floods, { VisibilityTimeout: 6 * 60 + batchSeconds }),
    FloodsSource: withMore(fed.FloodsSource, {
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: batchSeconds,
      // More at once would only meet each other at the same counters.
      ScalingConfig: { MaximumConcurrency: 10 },
    }),
    ...Object.fromEntries(Object.entries(floods).map(([id, one]) => [id, ruleOf(id, one, prefix)])),
    FloodsPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Floods' }, { Ref: dead }],
        PolicyDocument: policyDocument({
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: [arnOf('Floods'), arnOf(dead)],
          Condition: { ArnEquals: { 'aws:SourceArn': Object.keys(floods).map(arnOf) } },
        }),
      },
    },
    FloodsLateAlarm: alarmResource(
      `${prefix}-floods-late`,
      'Sense is ten minutes behind: attacks go unseen.',
      {
        namespace: 'AWS/SQS',
        metric: 'ApproximateAgeOfOldestMessage',
        statistic: 'Maximum',
        on: { QueueName: `${prefix}-floods` },
        most: 600,
      },
    ),
    // Source: CloudWatch Logs User Guide, "Subscription filters with AWS Lambda": who has logs, subscribes them.
    SenseSubscriptions: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: arnOf(functionId(name)),
        Action: 'lambda:InvokeFunction',
        Principal: 'logs.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: substituted(arn('logs', 'log-group:*')),
      },
    },
  }
}

/** How long a batch may gather. */
const batchSeconds = 5

/**
 * Only sense may speak as the stack; whoever else of the account may put events at all, puts them as an application.
 * Source: EventBridge User Guide, "Permissions for event buses", "Using IAM policy conditions".
 */
const bus = (prefix: string): Resource => ({
  Type: 'AWS::Events::EventBus',
  Properties: {
    Name: prefix,
    Description: 'Signals: what was counted, and what guardrails did',
    Policy: substituted(
      policyDocument({
        Sid: 'OthersAreApplications',
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: busOf(prefix),
        Condition: {
          'ForAnyValue:StringNotEquals': { 'events:source': applications },
          ArnNotEquals: { 'aws:PrincipalArn': arn('iam', `role/${prefix}-${name}`) },
        },
      }),
    ),
  },
})

const ruleOf = (id: string, { says, pattern, reads, own }: FloodSource, prefix: string): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Name: `${prefix}-${id.replace(/\B[A-Z]/g, '-$&').toLowerCase()}`,
    Description: says,
    ...(own && { EventBusName: { Ref: 'Bus' } }),
    EventPattern: pattern,
    State: reads ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED',
    Targets: [
      {
        Id: name,
        Arn: arnOf('Floods'),
        RetryPolicy: { MaximumEventAgeInSeconds: 6 * 3600, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: arnOf(logicalId(name, 'DeadLetters')) },
      },
    ],
  },
})

const withMore = (it: Resource | undefined, more: Resource['Properties']): Resource => {
  if (!it) throw new Error('A queue has a queue and what feeds from it: infrastructure/stack/queue.ts.')
  return { ...it, Properties: { ...it.Properties, ...more } }
}
