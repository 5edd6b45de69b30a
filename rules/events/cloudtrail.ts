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
    requestParameters: {
      guardrailIdentifier: string
      modelId: string
      policyArn: string
      roleName: string
      serviceName: string
      userName: string
    }
    /** Null of calls that change nothing, or answer nothing. */
    responseElements: {
      accessKey?: { accessKeyId: string }
      serviceSpecificCredential?: { serviceSpecificCredentialId: string; userName: string }
    } | null
    /** Called with a Bedrock API key rather than a signature. */
    additionalEventData: { callWithBearerToken: boolean }
    userIdentity: UserIdentity
  }
>

/** The access key that a call made, if it made one. */
export const accessKeyIn = ({ responseElements }: CloudTrailCall['detail']): { accessKeyId: string }[] =>
  responseElements?.accessKey ? [{ accessKeyId: responseElements.accessKey.accessKeyId }] : []

/** The API key that a call made. */
export const apiKeyIn = ({ responseElements }: CloudTrailCall['detail']) => {
  const { serviceSpecificCredentialId, userName } = responseElements?.serviceSpecificCredential ?? {}
  return { serviceSpecificCredentialId: serviceSpecificCredentialId ?? '', userName: userName ?? '' }
}
