import { type Fields, isFields } from '../../../sensing/signals/fields.ts'

/**
 * The event that EventBridge delivers for a CloudTrail record. Sources: EventBridge User Guide, "AWS service events
 * delivered via AWS CloudTrail"; CloudTrail User Guide, "Record contents", `eventType`.
 */
export const wrapCall = (record: Fields): Fields => ({
  ...envelope(record.eventID, record.recipientAccountId ?? accountIn(record.userIdentity), record.awsRegion),
  source: `aws.${String(record.eventSource).split('.')[0]}`,
  'detail-type': types[String(record.eventType)] ?? types.AwsApiCall,
  time: record.eventTime,
  detail: record,
})

const types: Record<string, string> = {
  AwsApiCall: 'AWS API Call via CloudTrail',
  AwsServiceEvent: 'AWS Service Event via CloudTrail',
  AwsConsoleSignIn: 'AWS Console Sign In via CloudTrail',
  AwsConsoleAction: 'AWS Console Action via CloudTrail',
  AwsCloudTrailInsight: 'AWS Insight via CloudTrail',
  AwsVpceEvent: 'AWS Network Activity Event via CloudTrail',
}

const accountIn = (identity: unknown): unknown => (isFields(identity) ? identity.accountId : undefined)

/** The event for a GuardDuty finding with keys in camel case. Source: GuardDuty User Guide, EventBridge schema. */
export const wrapFinding = (finding: Fields): Fields => ({
  ...envelope(finding.id, finding.accountId, finding.region),
  source: 'aws.guardduty',
  'detail-type': 'GuardDuty Finding',
  time: finding.updatedAt,
  detail: finding,
})

/**
 * The event for a Security Hub finding with keys in Pascal case. Each finding is delivered in its own event.
 * Source: Security Hub User Guide, "EventBridge event types", Security Hub Findings - Imported.
 */
export const wrapImported = (finding: Fields): Fields => ({
  ...envelope(finding.Id, finding.AwsAccountId, finding.Region ?? regionOf(finding.ProductArn)),
  source: 'aws.securityhub',
  'detail-type': 'Security Hub Findings - Imported',
  time: finding.UpdatedAt,
  resources: [finding.Id],
  detail: { findings: [finding] },
})

const regionOf = (arn: unknown): string | undefined => String(arn).split(':')[3]

const envelope = (id: unknown, account: unknown, region: unknown): Fields => ({
  version: '0',
  id,
  account,
  region,
  resources: [],
})
