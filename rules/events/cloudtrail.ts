import type { Envelope } from './envelope.ts'

/** Who called. Source: CloudTrail User Guide, "userIdentity element". */
export interface UserIdentity {
  type:
    | 'IAMUser'
    | 'AssumedRole'
    | 'Root'
    | 'Role'
    | 'FederatedUser'
    | 'Directory'
    | 'SAMLUser'
    | 'WebIdentityUser'
    | 'IdentityCenterUser'
    | 'AWSAccount'
    | 'AWSService'
    | 'Unknown'
  principalId?: string
  arn?: string
  accountId?: string
  accessKeyId?: string
  userName?: string
  /** The service that called in somebody's name. */
  invokedBy?: string
  /** With temporary credentials: who they were issued from. */
  sessionContext?: {
    sessionIssuer?: { type: string; principalId: string; arn: string; accountId: string; userName: string }
    sourceIdentity?: string
  }
}

/** A call recorded by CloudTrail. Source: CloudTrail User Guide, "Record contents". */
export type CloudTrailCall = Envelope<
  `aws.${string}`,
  'AWS API Call via CloudTrail',
  {
    eventID: string
    eventSource: `${string}.amazonaws.com`
    eventName: string
    eventTime: string
    eventType: 'AwsApiCall' | 'AwsServiceEvent' | 'AwsConsoleAction' | 'AwsConsoleSignIn'
    awsRegion: string
    recipientAccountId: string
    sourceIPAddress: string
    /** Only of calls that failed. */
    errorCode?: string
    requestParameters: { modelId: string; policyArn: string; userName: string; roleName: string }
    userIdentity: UserIdentity
  }
>
