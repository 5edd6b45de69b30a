import type { Envelope } from './envelope.ts'

/** Whose credentials a finding is about; for a role, `userName` is the role's. */
export interface AccessKeyDetails {
  accessKeyId: string
  principalId: string
  userName: string
  /** As CloudTrail names kinds of identity. */
  userType:
    | 'IAMUser'
    | 'AssumedRole'
    | 'Root'
    | 'Role'
    | 'FederatedUser'
    | 'Directory'
    | 'AWSAccount'
    | 'AWSService'
}

/** Who is behind the signals of an attack sequence: `credentialUid` is the access key. */
export interface SequenceActor {
  id: string
  user?: { name: string; uid: string; type: string; credentialUid?: string; account?: { uid: string } }
}

export interface SequenceResource {
  /** An ARN; of an access key, its id. */
  uid: string
  resourceType: 'ACCESS_KEY' | 'EC2_INSTANCE' | 'S3_BUCKET' | 'ECS_TASK' | 'EKS_CLUSTER' | (string & {})
  accountId?: string
  region?: string
}

/**
 * One finding. EventBridge delivers lowerCamelCase, unlike the API's own answers.
 * Source: GuardDuty User Guide, "Finding details"; API reference, `Finding`, `Sequence`, `ResourceV2`.
 */
export type GuardDutyFinding = Envelope<
  'aws.guardduty',
  'GuardDuty Finding',
  {
    id: string
    accountId: string
    region: string
    /** Tactic, resource and technique: `Backdoor:EC2/C&CActivity.B!DNS`. */
    type: `${string}:${string}/${string}`
    /** 1 to 3.9 low, to 6.9 medium, to 8.9 high, above critical. */
    severity: number
    title: string
    resource: {
      resourceType:
        | 'AccessKey'
        | 'Instance'
        | 'S3Bucket'
        | 'Lambda'
        | 'ECSCluster'
        | 'EKSCluster'
        | 'Container'
        | (string & {})
      /** Of findings about credentials and instances only: the pattern says which those are. */
      accessKeyDetails: AccessKeyDetails
      instanceDetails: { instanceId: string; tags: { key: string; value: string }[] }
      lambdaDetails?: { functionName: string; functionArn: string }
      ecsClusterDetails?: { name: string; arn: string }
      eksClusterDetails?: { name: string; arn: string }
      containerDetails?: { id: string; name: string }
      modelDetails?: { modelId: string }[]
    }
    service: {
      archived: boolean
      count: number
      resourceRole: 'TARGET' | 'ACTOR'
      additionalInfo?: { sample?: boolean }
      detection?: { sequence?: { actors?: SequenceActor[]; resources?: SequenceResource[] } }
    }
  }
>
