import { functionRoleName } from '../../../engine/role-names.ts'
import { applicationSource as applications } from '../../../sdk/tracer.ts'
import { stackSource } from '../../../sensing/intake/source.ts'
import { alarm, errorsAlarm, redrivenAlarm } from '../alarms.ts'
import type { Deployment } from '../deployment.ts'
import { deadLetterQueueName, serviceDeadLetters } from '../events/dead-letters.ts'
import { type FloodSource, floodsOf } from '../events/floods.ts'
import { queueOf, receiving } from '../events/queue.ts'
import { ruleRetries } from '../events/rules.ts'
import { keysLike } from '../permissions/journal-access.ts'
import { protectedPrincipalsName } from '../permissions/shared.ts'
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

/** With the bucket of the model invocation log, where it goes to S3. */
type Logged = Deployment & { logBucket?: string }

/** The function that counts high-volume events, and puts signals on the stack's own bus. It can contain nothing. */
export const senseLambda = ({ prefix, logBucket = '' }: Logged): Lambda => ({
  name,
  description: 'Counts calls and guardrail interventions, and puts a signal where a limit is reached',
  role: the('SenseRole.Arn'),
  managed: [protectedPrincipalsName(prefix)],
  // No destination for failed events: they hold prompts. The function itself sends pointers to unreadable records.
  deadLetters: deadLetterQueueName(prefix, name),
  grants: [],
  reads: [],
  own: [
    {
      Sid: 'WriteCounters',
      Effect: 'Allow',
      Action: ['dynamodb:Query', 'dynamodb:UpdateItem'],
      Resource: arn('dynamodb', `table/${prefix}-journal`),
      Condition: keysLike('window#*'),
    },
    {
      Sid: 'PutSignals',
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: busOf(prefix),
      Condition: {
        'ForAllValues:StringEquals': { 'events:source': stackSource },
        Null: { 'events:source': 'false' },
      },
    },
    { Sid: 'ReceiveEvents', Effect: 'Allow', Action: receiving, Resource: arn('sqs', `${prefix}-floods`) },
    ...(logBucket
      ? [
          {
            Sid: 'ReadInvocationLog',
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

/** The bus of signals, what invokes sense, and its alarms. */
export function sensing(deployment: Logged): Resources {
  const { prefix, logBucket = '' } = deployment
  const floods = floodsOf(logBucket)
  const dead = logicalId(name, 'DeadLetters')
  const fed = queueOf('Floods', `${prefix}-floods`, name, deployment)
  return {
    Bus: bus(prefix),
    ...serviceDeadLetters(name, deployment),
    ...fed,
    Floods: withMore(fed.Floods, { VisibilityTimeout: 6 * 60 + batchSeconds }),
    FloodsSource: withMore(fed.FloodsSource, {
      BatchSize: 1000,
      MaximumBatchingWindowInSeconds: batchSeconds,
      // More at once would only contend for the same counters.
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
    SenseErrorsAlarm: errorsAlarm(name, prefix),
    SenseDeadLettersAlarm: redrivenAlarm(deadLetterQueueName(prefix, name), deployment),
    FloodsLateAlarm: alarm(
      `${prefix}-floods-late`,
      'Events wait for more than ten minutes to be counted: attacks go undetected. Read the log of sense.',
      prefix,
      {
        namespace: 'AWS/SQS',
        metric: 'ApproximateAgeOfOldestMessage',
        statistic: 'Maximum',
        dimensions: { QueueName: `${prefix}-floods` },
        threshold: 600,
      },
    ),
    // Source: CloudWatch Logs User Guide, "Subscription filters with AWS Lambda": the owner of a log group subscribes it.
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

/** How long Lambda waits for a batch to fill. */
const batchSeconds = 5

/**
 * Only sense may put events with the stack's own source; other principals may put them as an application.
 * Source: EventBridge User Guide, "Permissions for event buses", "Using IAM policy conditions".
 */
const bus = (prefix: string): Resource => ({
  Type: 'AWS::Events::EventBus',
  Properties: {
    Name: prefix,
    Description: 'Signals: limits that were reached, and interventions of guardrails',
    Policy: substituted(
      policyDocument({
        Sid: 'DenyOtherSources',
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: busOf(prefix),
        Condition: {
          'ForAnyValue:StringNotEquals': { 'events:source': applications },
          ArnNotEquals: { 'aws:PrincipalArn': arn('iam', `role/${functionRoleName(prefix, name)}`) },
        },
      }),
    ),
  },
})

const ruleOf = (id: string, { description, pattern, reads, own }: FloodSource, prefix: string): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Name: `${prefix}-${id.replace(/\B[A-Z]/g, '-$&').toLowerCase()}`,
    Description: description,
    ...(own && { EventBusName: { Ref: 'Bus' } }),
    EventPattern: pattern,
    State: reads ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED',
    Targets: [
      {
        Id: name,
        Arn: arnOf('Floods'),
        RetryPolicy: ruleRetries,
        DeadLetterConfig: { Arn: arnOf(logicalId(name, 'DeadLetters')) },
      },
    ],
  },
})

const withMore = (it: Resource | undefined, more: Resource['Properties']): Resource => {
  if (!it) throw new Error('queueOf (events/queue.ts) no longer makes a queue and its event source mapping.')
  return { ...it, Properties: { ...it.Properties, ...more } }
}
