import type { Statement } from '../../../engine/policy.ts'
import type { Deployment } from '../deployment.ts'
import { arn, arnOf, policyDocument, type Resources, substituted, the } from '../template/template.ts'

/**
 * The topic of alerts: encrypted, for this account's alarms and the stack's functions to publish to. It has a key of
 * its own because CloudWatch may not use the key that AWS manages for SNS (SNS Developer Guide, "Key management").
 */
export const alerts = ({ prefix, email }: Deployment): Resources => ({
  AlertsKey: {
    Type: 'AWS::KMS::Key',
    Properties: {
      Description: `Encrypts ${prefix}-alerts`,
      EnableKeyRotation: true,
      KeyPolicy: substituted(
        policyDocument(
          // Without it the key could never be changed again (KMS Developer Guide, "Default key policy").
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
  // SNS sends nothing until the owner of the address has confirmed the subscription.
  ...(email && {
    AlertsEmail: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Alerts' }, Protocol: 'email', Endpoint: email },
    },
  }),
})

/** What else a function needs to publish to the topic: SNS uses its key on the function's behalf. */
export const encryptAlerts = (Resource: string): Statement => ({
  Sid: 'EncryptAlerts',
  Effect: 'Allow',
  Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
  Resource,
  Condition: { StringEquals: { 'kms:ViaService': `sns.${the('AWS::Region')}.${the('AWS::URLSuffix')}` } },
})

const alarmsOf = (prefix: string) => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Condition: {
    StringEquals: { 'aws:SourceAccount': the('AWS::AccountId') },
    ArnLike: { 'aws:SourceArn': arn('cloudwatch', `alarm:${prefix}-*`) },
  },
})
