import { exposure } from '../../rules/events/health.ts'
import { knownFindings } from './known-findings.ts'

/**
 * The values that a path can have. `values` lists all of them, or the known ones of an open list. An `object` has fields
 * instead of a value. `example` shows the required form of a text.
 */
export type ValueKind =
  | 'text'
  | 'number'
  | 'flag'
  | 'object'
  | { values: readonly string[]; open?: true }
  | { from: number; to: number }
  | { like: RegExp; example: string }

/** The known paths of an event type, by their joined keys. */
export interface EventType {
  detailTypes: readonly string[]
  /** The source, if there is only one. */
  source?: string
  fields: Readonly<Record<string, ValueKind>>
}

const texts = (names: string): Record<string, ValueKind> =>
  Object.fromEntries(names.split(' ').map((name) => [name, 'text'] as const))

const under = (path: string, fields: Record<string, ValueKind>): Record<string, ValueKind> =>
  Object.fromEntries([
    [path, 'object'],
    ...Object.entries(fields).map(([name, kind]) => [`${path}.${name}`, kind]),
  ])

/** Kinds of identity. Source: CloudTrail User Guide, "userIdentity element". */
const identities: ValueKind = {
  values:
    'IAMUser AssumedRole Root Role FederatedUser Directory SAMLUser WebIdentityUser IdentityCenterUser AWSAccount AWSService Unknown'.split(
      ' ',
    ),
  open: true,
}

const envelope: Record<string, ValueKind> = {
  ...texts('id version source detail-type account region resources'),
  time: { like: /^\d{4}-\d\d-\d\dT/, example: '2026-01-31T12:00:00Z' },
}

/** Source: CloudTrail User Guide, "Record contents" and "userIdentity element". */
const cloudTrail: EventType = {
  detailTypes: [
    'AWS API Call via CloudTrail',
    'AWS Service Event via CloudTrail',
    'AWS Console Sign In via CloudTrail',
    'AWS Console Action via CloudTrail',
    'AWS Insight via CloudTrail',
  ],
  fields: {
    ...envelope,
    ...under('detail', {
      ...texts(
        'apiVersion awsRegion errorCode errorMessage eventID eventName eventVersion recipientAccountId',
      ),
      ...texts('requestID sharedEventID sourceIPAddress userAgent vpcEndpointAccountId vpcEndpointId'),
      eventTime: { like: /^\d{4}-\d\d-\d\dT/, example: '2026-01-31T12:00:00Z' },
      eventSource: { like: /\.amazonaws\.com/, example: 'bedrock.amazonaws.com' },
      eventType: {
        values:
          'AwsApiCall AwsServiceEvent AwsConsoleAction AwsConsoleSignIn AwsVpceEvent AwsCloudTrailInsight'.split(
            ' ',
          ),
      },
      eventCategory: { values: ['Management', 'Data', 'Insight', 'NetworkActivity'] },
      managementEvent: 'flag',
      readOnly: 'flag',
      sessionCredentialFromConsole: { values: ['true', 'false'] },
      requestParameters: 'object',
      responseElements: 'object',
      additionalEventData: 'object',
      serviceEventDetails: 'object',
      resources: 'object',
      tlsDetails: 'object',
      addendum: 'object',
    }),
    ...under('detail.userIdentity', {
      ...texts('principalId arn accountId accessKeyId userName invokedBy identityProvider'),
      type: identities,
      onBehalfOf: 'object',
      webIdFederationData: 'object',
    }),
    ...under('detail.userIdentity.sessionContext', { sourceIdentity: 'text' }),
    ...under(
      'detail.userIdentity.sessionContext.sessionIssuer',
      texts('type principalId arn accountId userName'),
    ),
    ...under('detail.userIdentity.sessionContext.attributes', {
      creationDate: 'text',
      // Strings, not booleans.
      mfaAuthenticated: { values: ['true', 'false'] },
    }),
  },
}

/** Source: GuardDuty User Guide, "Finding details"; API reference, `Finding`. EventBridge has lowerCamelCase. */
const guardDuty: EventType = {
  detailTypes: ['GuardDuty Finding'],
  source: 'aws.guardduty',
  fields: {
    ...envelope,
    ...under('detail', {
      ...texts('schemaVersion accountId region partition id arn title description createdAt updatedAt'),
      type: { values: knownFindings, open: true },
      severity: { from: 1, to: 10 },
    }),
    ...under('detail.resource', {
      resourceType: {
        values: 'AccessKey Instance S3Bucket Lambda ECSCluster EKSCluster Container RDSDBInstance'.split(' '),
        open: true,
      },
      modelDetails: 'object',
      lambdaDetails: 'object',
      ecsClusterDetails: 'object',
      eksClusterDetails: 'object',
      containerDetails: 'object',
      s3BucketDetails: 'object',
      bedrockGuardrailDetails: 'object',
    }),
    ...under('detail.resource.accessKeyDetails', {
      ...texts('accessKeyId principalId userName'),
      userType: identities,
    }),
    ...under('detail.resource.instanceDetails', {
      ...texts('instanceId instanceType imageId launchTime platform availabilityZone outpostArn'),
      tags: 'object',
      networkInterfaces: 'object',
      iamInstanceProfile: 'object',
    }),
    ...under('detail.service', {
      ...texts('serviceName detectorId eventFirstSeen eventLastSeen featureName userFeedback'),
      archived: 'flag',
      count: 'number',
      resourceRole: { values: ['TARGET', 'ACTOR'] },
      action: 'object',
      evidence: 'object',
      detection: 'object',
    }),
    ...under('detail.service.additionalInfo', { sample: 'flag' }),
  },
}

/** Source: AWS Health User Guide, "EventBridge event schema". */
const health: EventType = {
  detailTypes: ['AWS Health Event'],
  source: 'aws.health',
  fields: {
    ...envelope,
    ...under('detail', {
      ...texts(
        'eventArn service startTime endTime lastUpdatedTime affectedAccount communicationId eventRegion',
      ),
      eventTypeCode: { values: exposure, open: true },
      eventTypeCategory: { values: ['issue', 'accountNotification', 'investigation', 'scheduledChange'] },
      statusCode: { values: ['open', 'closed', 'upcoming'] },
      eventDescription: 'object',
    }),
    ...under('detail.affectedEntities', texts('entityValue status lastUpdatedTime')),
  },
}

/** Source: CloudWatch User Guide, "Alarm events and EventBridge". */
const alarm: EventType = {
  detailTypes: ['CloudWatch Alarm State Change'],
  source: 'aws.cloudwatch',
  fields: {
    ...envelope,
    ...under('detail', { alarmName: 'text', previousState: 'object', configuration: 'object' }),
    ...under('detail.state', {
      ...texts('reason reasonData timestamp'),
      value: { values: ['ALARM', 'OK', 'INSUFFICIENT_DATA'] },
    }),
    ...under('detail.configuration.metrics.metricStat.metric', {
      ...texts('namespace name'),
      dimensions: 'object',
    }),
  },
}

/** The event types whose fields are known. */
export const eventTypes: readonly EventType[] = [cloudTrail, guardDuty, health, alarm]
