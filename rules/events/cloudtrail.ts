import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { Envelope } from './envelope.ts'

/** The caller. Source: CloudTrail User Guide, "userIdentity element". */
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
  /** The service that called on the principal's behalf. */
  invokedBy?: string
  /** Only for temporary credentials: the principal that they were issued from. */
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
    /** Only for calls that failed. */
    errorCode?: string
    requestParameters: {
      guardrailIdentifier: string
      modelId: string
      policyArn: string
      roleName: string
      serviceName: string
      serviceSpecificCredentialId: string
      userName: string
    }
    /** Null for calls that change nothing or return nothing. */
    responseElements: {
      accessKey?: { accessKeyId: string }
      serviceSpecificCredential?: { serviceSpecificCredentialId: string; userName: string }
    } | null
    /** Whether the call was made with a Bedrock API key in place of a signature. */
    additionalEventData: { callWithBearerToken: boolean }
    userIdentity: UserIdentity
  }
>

/** A successful call to a service. A failed call changed nothing. */
export const call = <S extends string>(
  service: S,
  eventName: Pattern<CloudTrailCall['detail']>['eventName'] & {},
  detail: Omit<Pattern<CloudTrailCall['detail']>, 'eventSource' | 'eventName'> = {},
) =>
  ({
    source: [`aws.${service}`],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: [`${service}.amazonaws.com`],
      eventName,
      errorCode: [{ exists: false }],
      ...detail,
    },
  }) as const

/** The access key that the call created; empty when it created none. */
export const accessKeyIn = ({ responseElements }: CloudTrailCall['detail']): { accessKeyId: string }[] =>
  responseElements?.accessKey ? [{ accessKeyId: responseElements.accessKey.accessKeyId }] : []

/** The service-specific credential that the call created; empty texts when it created none. */
export const apiKeyIn = ({ responseElements }: CloudTrailCall['detail']) => {
  const { serviceSpecificCredentialId, userName } = responseElements?.serviceSpecificCredential ?? {}
  return { serviceSpecificCredentialId: serviceSpecificCredentialId ?? '', userName: userName ?? '' }
}

/** The guardrail of the request, which names it by its id or by its ARN. */
export const guardrailIn = ({ requestParameters }: CloudTrailCall['detail']) => ({
  guardrailId: requestParameters.guardrailIdentifier.replace(/^arn:.*\//, ''),
})

const serviceOf = (action: string) => action.split(':')[0] ?? ''
const nameOf = (action: string) => action.split(':')[1] ?? ''

/** What a rule is about is an IAM action: `bedrock:CreateModelInvocationJob`. */
export const cloudTrailCall: EventDefinition<CloudTrailCall> = {
  sample: {
    version: '0',
    id: '0d0e7a16-64c5-4c1e-8a43-1c2d3e4f5a6b',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.bedrock',
    account: '111122223333',
    time: '2026-11-21T06:12:31Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      eventID: '7c1c7d3e-1111-4222-8333-9a8b7c6d5e4f',
      eventTime: '2026-11-21T06:12:29Z',
      eventType: 'AwsApiCall',
      awsRegion: 'us-east-1',
      recipientAccountId: '111122223333',
      sourceIPAddress: '198.51.100.24',
      responseElements: null,
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'AROADBQP57FF2AEXAMPLE:nightly',
        arn: 'arn:aws:sts::111122223333:assumed-role/rag-indexer/nightly',
        accountId: '111122223333',
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            principalId: 'AROADBQP57FF2AEXAMPLE',
            arn: 'arn:aws:iam::111122223333:role/rag-indexer',
            accountId: '111122223333',
            userName: 'rag-indexer',
          },
        },
      },
    },
  },
  pattern: call,
  asks: (action) => [serviceOf(action), [nameOf(action)]],
  about: [
    'bedrock:CreateModelInvocationJob',
    'bedrock:CreateProvisionedModelThroughput',
    'bedrock:CreateModelImportJob',
    'bedrock:CreateGuardrailVersion',
    'iam:CreateAccessKey',
    'iam:UpdateAssumeRolePolicy',
    'iam:UpdateLoginProfile',
    'iam:UpdateServiceSpecificCredential',
  ],
  because: (action) => `A principal called ${action}.`,
  threats: ['THREAT-12'],
  attack: ['T1078.004', 'LLM10'],
  subject: { finder: 'callerOf', from: 'find/principal.ts', of: 'detail.userIdentity', part: 'name' },
  what: 'detail.eventName',
  fires: (action) => ({
    source: `aws.${serviceOf(action)}`,
    detail: { eventSource: `${serviceOf(action)}.amazonaws.com`, eventName: nameOf(action) },
  }),
  not: {
    not: { detail: { eventName: 'ListTagsForResource' } },
    'not-denied': { detail: { errorCode: 'AccessDenied' } },
    'not-other-service': { detail: { eventSource: 'sagemaker.amazonaws.com' } },
  },
  names: {
    accessKeyId: {
      by: { finder: 'accessKeyIn', from: 'events/cloudtrail.ts', of: 'detail' },
      about: 'iam:CreateAccessKey',
      holds: { detail: { responseElements: { accessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } } } },
    },
    guardrailId: {
      by: { finder: 'guardrailIn', from: 'events/cloudtrail.ts', of: 'detail' },
      about: 'Guardrail',
      holds: { detail: { requestParameters: { guardrailIdentifier: 'gr4rdr41l0id' } } },
    },
    ipAddress: { by: 'detail.sourceIPAddress' },
    principal: {
      by: { finder: 'callerOf', from: 'find/principal.ts', of: 'detail.userIdentity', part: 'targets' },
    },
    roleName: {
      by: 'detail.requestParameters.roleName',
      about: 'AssumeRolePolicy',
      holds: { detail: { requestParameters: { roleName: 'rag-indexer' } } },
    },
    serviceSpecificCredentialId: {
      by: 'detail.requestParameters.serviceSpecificCredentialId',
      about: 'ServiceSpecificCredential',
      holds: { detail: { requestParameters: { serviceSpecificCredentialId: 'ACCAEXAMPLE123EXAMPLE' } } },
    },
    userName: {
      by: 'detail.requestParameters.userName',
      about: 'iam:Update',
      holds: { detail: { requestParameters: { userName: 'ci-deployer' } } },
    },
  },
}
