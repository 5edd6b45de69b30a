import type { Statement } from '../../../engine/policy.ts'
import type { Deployment } from '../deployment.ts'
import { arn, arnOf, policyDocument, type Resources, substituted, the } from '../template/template.ts'

/**
 * Where people are told: an encrypted topic that this account's alarms and the stack's functions may write to. Its
 * key is our own because the key AWS manages for SNS lets no alarm publish (SNS Developer Guide, "Key management").
 */
export const alerts = ({ prefix, email }: Deployment): Resources => ({
  AlertsKey: {
    Type: 'AWS::KMS::Key',
    Properties: {
      Description: `Encrypts ${prefix}-alerts`,
      EnableKeyRotation: true,
      KeyPolicy: substituted(
        policyDocument(
          // Without it nobody could ever change the key again (KMS Developer Guide, "Default key policy").
          { Effect: 'Allow', Principal: { AWS: arn('iam', 'root') }, Action: 'kms:*', Resource: '*' },
          { ...alarmsOf(prefix), Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' },
        ),
      ),
    },
  },
  AlertsKeyAlias: {
    Type: 'AWS::KMS::Alias',
    Properties: { AliasName: `alias/${prefix}-alerts`, TargetKeyId: { Ref: 'AlertsKey' } },
  },
  Alerts: {
    Type: 'AWS::SNS::Topic',
    Properties: {
      TopicName: `${prefix}-alerts`,
      DisplayName: 'Portcullis',
      KmsMasterKeyId: arnOf('AlertsKey'),
    },
  },
  AlertsPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Alerts' }],
      PolicyDocument: substituted(
        policyDocument({ ...alarmsOf(prefix), Action: 'sns:Publish', Resource: the('Alerts') }),
      ),
    },
  },
  // SNS asks whoever has that address first, and sends nothing until they have said yes.
  ...(email && {
    AlertsEmail: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Alerts' }, Protocol: 'email', Endpoint: email },
    },
  }),
})

/** What else a function needs that writes to the topic: SNS encrypts in its name. */
export const encrypt: Statement = {
  Sid: 'EncryptAlerts',
  Effect: 'Allow',
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource: the('AlertsKey.Arn'),
  Condition: { StringEquals: { 'kms:ViaService': `sns.${the('AWS::Region')}.${the('AWS::URLSuffix')}` } },
}

const alarmsOf = (prefix: string) => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Condition: {
    StringEquals: { 'aws:SourceAccount': the('AWS::AccountId') },
    ArnLike: { 'aws:SourceArn': arn('cloudwatch', `alarm:${prefix}-*`) },
  },
})
