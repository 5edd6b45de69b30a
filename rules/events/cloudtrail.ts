import type { Envelope } from './envelope.ts'

/** Who called. Source: CloudTrail User Guide, "userIdentity element". */
export interface UserIdentity {
  type: 'IAMUser' | 'AssumedRole' | 'Root' | 'FederatedUser' | 'AWSService' | 'AWSAccount' | 'IdentityCenterUser' | 'Unknown'
  principalId: string
  arn: string
  accountId: string
  accessKeyId: string
  userName: string
  sessionContext: {
    sessionIssuer: { type: string; principalId: string; arn: string; accountId: string; userName: string }
    sourceIdentity: string
  }
}

/** A call recorded by CloudTrail. Source: CloudTrail User Guide, "Record contents". */
export type CloudTrailCall = Envelope<
  `aws.${string}`,
  'AWS API Call via CloudTrail',
  {
    eventID: string
    eventSource: string
    eventName: string
    eventTime: string
    eventType: string
    awsRegion: string
    recipientAccountId: string
    sourceIPAddress: string
    errorCode: string
    requestParameters: { modelId: string; policyArn: string; userName: string; roleName: string }
    userIdentity: UserIdentity
  }
>
