import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { Envelope } from './envelope.ts'

/** The credentials that a finding is about. Of a role, `userName` is the role's name. */
export interface AccessKeyDetails {
  accessKeyId: string
  principalId: string
  userName: string
  /** The identity types of CloudTrail. */
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

/** An actor of an attack sequence. `credentialUid` is the access key. */
export interface SequenceActor {
  id: string
  user?: { name: string; uid: string; type: string; credentialUid?: string; account?: { uid: string } }
}

export interface SequenceResource {
  /** An ARN; for an access key, its id. */
  uid: string
  resourceType: 'ACCESS_KEY' | 'EC2_INSTANCE' | 'S3_BUCKET' | 'ECS_TASK' | 'EKS_CLUSTER' | (string & {})
  accountId?: string
  region?: string
}

/**
 * One finding. EventBridge delivers lowerCamelCase fields, unlike the GuardDuty API.
 * Source: GuardDuty User Guide, "Finding details"; API reference, `Finding`, `Sequence`, `ResourceV2`.
 */
export type GuardDutyFinding = Envelope<
  'aws.guardduty',
  'GuardDuty Finding',
  {
    schemaVersion?: '2.0'
    partition?: string
    id: string
    accountId: string
    region: string
    /** Purpose, resource and threat family: `Backdoor:EC2/C&CActivity.B!DNS`. */
    type: `${string}:${string}/${string}`
    /** 1.0 to 3.9 is low, 4.0 to 6.9 medium, 7.0 to 8.9 high, 9.0 and above critical. */
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
      /** Only in findings about credentials and instances; the rule's pattern selects those. */
      accessKeyDetails: AccessKeyDetails
      instanceDetails: { instanceId: string; tags: { key: string; value: string }[] }
      lambdaDetails?: { functionName: string; functionArn: string }
      ecsClusterDetails?: { name: string; arn: string }
      eksClusterDetails?: { name: string; arn: string }
      containerDetails?: { id: string; name: string }
      modelDetails?: { modelId: string }[]
    }
    service: {
      serviceName?: 'guardduty'
      archived: boolean
      count: number
      resourceRole: 'TARGET' | 'ACTOR'
      additionalInfo?: { sample?: boolean }
      detection?: { sequence?: { actors?: SequenceActor[]; resources?: SequenceResource[] } }
    }
  }
>

/** A finding that is not archived. GuardDuty delivers archived findings again with every change. */
export const finding = (detail: Pattern<GuardDutyFinding['detail']>) =>
  ({
    source: ['aws.guardduty'],
    'detail-type': ['GuardDuty Finding'],
    detail: { ...detail, service: { archived: [false, { exists: false }], ...detail.service } },
  }) as const

const keys = 'detail.resource.accessKeyDetails'
const principal = 'find/principal.ts'
const userKey = { userType: 'IAMUser', userName: 'ci-deployer', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }
const instance = { instanceId: 'i-0a1b2c3d4e5f60718', tags: [] }

export const guardDutyFinding: EventDefinition<GuardDutyFinding> = {
  sample: {
    version: '0',
    id: '5d7c2f10-3f52-4c8e-9b1a-0a1b2c3d4e5f',
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    account: '111122223333',
    time: '2026-11-21T06:12:31Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      schemaVersion: '2.0',
      accountId: '111122223333',
      region: 'us-east-1',
      partition: 'aws',
      id: '54cead31de2f3bcb3e84ac0c1c656bb3',
      severity: 5,
      resource: {
        resourceType: 'AccessKey',
        accessKeyDetails: {
          accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
          principalId: 'AROADBQP57FF2AEXAMPLE:i-0a1b2c3d4e5f60718',
          userType: 'AssumedRole',
          userName: 'rag-indexer',
        },
      },
      service: { serviceName: 'guardduty', archived: false, count: 1, resourceRole: 'TARGET' },
    },
  },
  pattern: finding,
  asks: (type) => [{ type: [type] }],
  about: [
    'Exfiltration:IAMUser/AnomalousBehavior',
    'Impact:IAMUser/AnomalousBehavior',
    'InitialAccess:IAMUser/AnomalousBehavior',
    'Discovery:IAMUser/AnomalousBehavior',
    'Behavior:EC2/TrafficVolumeUnusual',
    'Behavior:EC2/NetworkPortUnusual',
  ],
  because: (type) => `GuardDuty reported ${type}.`,
  threats: ['THREAT-03'],
  attack: ['T1078.004', 'LLM10'],
  subject: { finder: 'holderOf', from: principal, of: keys, part: 'name' },
  what: 'detail.type',
  fires: (type) => ({ detail: { type, title: `Unusual activity: ${type}.` } }),
  not: {
    not: { detail: { type: 'Recon:EC2/Portscan' } },
    'not-archived': { detail: { service: { archived: true } } },
  },
  names: {
    accessKeyId: {
      by: 'detail.resource.accessKeyDetails.accessKeyId',
      about: ':IAMUser/',
      holds: { detail: { resource: { accessKeyDetails: userKey } } },
    },
    instanceId: {
      by: 'detail.resource.instanceDetails.instanceId',
      about: ':EC2/',
      holds: { detail: { resource: { resourceType: 'Instance', instanceDetails: instance } } },
      subject: 'detail.resource.instanceDetails.instanceId',
    },
    principal: { by: { finder: 'holderOf', from: principal, of: keys, part: 'targets' }, about: ':IAMUser/' },
    'principalId roleName': { by: { finder: 'sessionOf', from: principal, of: keys }, about: ':IAMUser/' },
    roleName: { by: { finder: 'roleOf', from: principal, of: keys }, about: ':IAMUser/' },
    subject: { by: { finder: 'holderOf', from: principal, of: keys, part: 'name' }, about: ':IAMUser/' },
    userName: {
      by: 'detail.resource.accessKeyDetails.userName',
      about: ':IAMUser/',
      holds: { detail: { resource: { accessKeyDetails: userKey } } },
    },
  },
}
