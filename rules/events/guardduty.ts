import type { Envelope } from './envelope.ts'

/** Whose credentials a finding is about; for a role, `userName` is the role's. */
export interface AccessKeyDetails {
  accessKeyId: string
  principalId: string
  userName: string
  userType: 'IAMUser' | 'AssumedRole' | 'Root'
}

/** A signal's actor in an attack sequence: `credentialUid` is the access key. */
export interface SequenceActor {
  id: string
  user: { name: string; uid: string; type: string; credentialUid: string; account: { uid: string } }
}

export interface SequenceResource {
  uid: string
  name: string
  resourceType: 'ACCESS_KEY' | 'EC2_INSTANCE' | 'S3_BUCKET' | 'ECS_TASK' | 'EKS_CLUSTER' | (string & {})
  accountId: string
  region: string
}

/**
 * One finding. EventBridge delivers lowerCamelCase, unlike the API's own answers.
 * Source: GuardDuty User Guide, "Finding details"; API reference, `Finding`.
 */
export type GuardDutyFinding = Envelope<
  'aws.guardduty',
  'GuardDuty Finding',
  {
    id: string
    accountId: string
    region: string
    type: string
    severity: number
    title: string
    description: string
    resource: {
      resourceType: string
      accessKeyDetails: AccessKeyDetails
      instanceDetails: {
        instanceId: string
        iamInstanceProfile: { arn: string; id: string }
        tags: { key: string; value: string }[]
      }
      modelDetails: { modelId: string }[]
    }
    service: {
      count: number
      resourceRole: 'TARGET' | 'ACTOR'
      additionalInfo: { sample: boolean }
      detection: { sequence: { actors: SequenceActor[]; resources: SequenceResource[] } }
    }
  }
>
