import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { Envelope } from './envelope.ts'

/**
 * AWS Config recorded that a resource was created, changed or deleted. Delivery is best effort.
 * Source: AWS Config Developer Guide, "Example Configuration Item Change Notifications", "Example Oversized
 * Configuration Item Change Notification" and "Components of a Configuration Item"; EventBridge events reference,
 * "AWS Config events".
 */
export type ConfigItemChange = Envelope<
  'aws.config',
  'Config Configuration Item Change',
  {
    recordVersion?: string
    /** An oversized notification has `configurationItemSummary` in place of the item and the difference. */
    messageType: 'ConfigurationItemChangeNotification' | 'OversizedConfigurationItemChangeNotification'
    notificationCreationTime?: string
    configurationItem: {
      configurationItemVersion?: string
      configurationItemCaptureTime: string
      configurationItemStatus:
        | 'OK'
        | 'ResourceDiscovered'
        | 'ResourceNotRecorded'
        | 'ResourceDeleted'
        | 'ResourceDeletedNotRecorded'
      configurationStateId?: number
      awsAccountId: string
      awsRegion: string
      availabilityZone?: string
      /** A CloudFormation resource type: `AWS::EC2::Instance`. */
      resourceType: string
      /** An id, a name or an ARN, by resource type; of an IAM user or role, its unique id (`AIDA…`, `AROA…`). */
      resourceId: string
      resourceName: string
      ARN: string
      resourceCreationTime?: string
      tags: Record<string, string>
      /** The fields of the resource itself, by resource type. */
      configuration: Record<string, unknown>
      supplementaryConfiguration?: Record<string, unknown>
    }
    configurationItemDiff: {
      changeType: 'CREATE' | 'UPDATE' | 'DELETE'
      /** By the path of the property, such as `Configuration.IpPermissions.0`. */
      changedProperties: Record<
        string,
        { changeType: 'CREATE' | 'UPDATE' | 'DELETE'; previousValue?: unknown; updatedValue?: unknown }
      >
    }
  }
>

type Detail = Pattern<ConfigItemChange['detail']>

/** A resource of one of these types was created, changed or deleted. */
export const resourceChanged = (
  resourceType: (Detail['configurationItem'] & {})['resourceType'] & {},
  changeType: (Detail['configurationItemDiff'] & {})['changeType'] & {} = ['CREATE', 'UPDATE', 'DELETE'],
) =>
  ({
    source: ['aws.config'],
    'detail-type': ['Config Configuration Item Change'],
    detail: { configurationItem: { resourceType }, configurationItemDiff: { changeType } },
  }) as const

/** One resource of each type that a new rule can be about. */
const recorded: Record<string, { resourceId: string; resourceName?: string; ARN: string }> = {
  'AWS::IAM::Role': {
    resourceId: 'AROADBQP57FF2AEXAMPLE',
    resourceName: 'rag-indexer',
    ARN: 'arn:aws:iam::111122223333:role/rag-indexer',
  },
  'AWS::IAM::User': {
    resourceId: 'AIDADBQP57FF2AEXAMPLE',
    resourceName: 'ci-deployer',
    ARN: 'arn:aws:iam::111122223333:user/ci-deployer',
  },
  'AWS::EC2::Instance': {
    resourceId: 'i-0a1b2c3d4e5f60718',
    ARN: 'arn:aws:ec2:us-east-1:111122223333:instance/i-0a1b2c3d4e5f60718',
  },
  'AWS::WAFv2::IPSet': {
    resourceId: '3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f',
    resourceName: 'blocked',
    ARN: 'arn:aws:wafv2:us-east-1:111122223333:regional/ipset/blocked/3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f',
  },
  'AWS::Cognito::UserPool': {
    resourceId: 'us-east-1_aB3dE5fG7',
    ARN: 'arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_aB3dE5fG7',
  },
}

const item = 'detail.configurationItem'

/** What a rule is about is a resource type. */
export const configItemChange: EventDefinition<ConfigItemChange> = {
  sample: {
    version: '0',
    id: '9d2a5b1f-6666-4777-8888-1b2c3d4e5f60',
    'detail-type': 'Config Configuration Item Change',
    source: 'aws.config',
    account: '111122223333',
    time: '2026-11-21T06:12:31Z',
    region: 'us-east-1',
    detail: {
      recordVersion: '1.3',
      messageType: 'ConfigurationItemChangeNotification',
      notificationCreationTime: '2026-11-21T06:12:31.017Z',
      configurationItem: {
        configurationItemVersion: '1.3',
        configurationItemCaptureTime: '2026-11-21T06:12:30.108Z',
        configurationItemStatus: 'OK',
        awsAccountId: '111122223333',
        awsRegion: 'us-east-1',
        tags: {},
        configuration: {},
      },
      configurationItemDiff: {
        changeType: 'UPDATE',
        changedProperties: {
          'Configuration.Tags.0': { changeType: 'CREATE', updatedValue: { key: 'owner', value: 'research' } },
        },
      },
    },
  },
  pattern: resourceChanged,
  asks: (resourceType) => [[resourceType], ['UPDATE']],
  about: Object.keys(recorded),
  because: (resourceType) => `The configuration of a resource of type ${resourceType} changed.`,
  threats: ['THREAT-59'],
  attack: ['T1578', 'LLM03'],
  subject: `${item}.ARN`,
  what: 'detail.configurationItemDiff.changeType',
  fires: (resourceType) => ({
    resources: [recorded[resourceType]?.ARN],
    detail: { configurationItem: { resourceType, ...recorded[resourceType] } },
  }),
  not: {
    not: { detail: { configurationItem: { resourceType: 'AWS::EC2::Volume' } } },
    'not-deleted': { detail: { configurationItemDiff: { changeType: 'DELETE' } } },
  },
  names: {
    instanceId: { by: `${item}.resourceId`, about: 'EC2::Instance' },
    ipSetArn: { by: `${item}.ARN`, about: 'WAFv2::IPSet' },
    roleName: { by: `${item}.resourceName`, about: 'IAM::Role' },
    userName: { by: `${item}.resourceName`, about: 'IAM::User' },
    userPoolId: { by: `${item}.resourceId`, about: 'Cognito::UserPool' },
  },
}
