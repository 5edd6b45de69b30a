import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { Envelope } from './envelope.ts'

/** One evaluation of a resource against a rule of AWS Config. */
interface Evaluation {
  evaluationResultIdentifier: {
    evaluationResultQualifier: {
      configRuleName: string
      resourceType: string
      resourceId: string
      evaluationMode?: 'DETECTIVE' | 'PROACTIVE'
    }
    orderingTimestamp: string
  }
  complianceType: 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE'
  resultRecordedTime: string
  configRuleInvokedTime: string
  annotation?: string
}

/**
 * A resource became compliant or noncompliant with a rule of AWS Config. Delivery is best effort.
 * Source: AWS Config Developer Guide, "Example Compliance Change Notification" and "Monitoring AWS Config with Amazon
 * EventBridge"; EventBridge events reference, "AWS Config events".
 */
export type ConfigComplianceChange = Envelope<
  'aws.config',
  'Config Rules Compliance Change',
  {
    recordVersion?: string
    messageType: 'ComplianceChangeNotification'
    notificationCreationTime?: string
    awsAccountId: string
    awsRegion: string
    /** A conformance pack appends a suffix to the name. */
    configRuleName: string
    configRuleARN: string
    /** A CloudFormation resource type: `AWS::EC2::Instance`. */
    resourceType: string
    /** An id, a name or an ARN, by resource type; of an IAM user or role, its unique id (`AIDA…`, `AROA…`). */
    resourceId: string
    newEvaluationResult: Evaluation
    /** Missing on the first evaluation of a resource. */
    oldEvaluationResult?: Evaluation
  }
>

/** A resource became noncompliant with one of these rules of AWS Config. */
export const nonCompliant = (
  configRuleName: Pattern<ConfigComplianceChange['detail']>['configRuleName'] & {},
) =>
  ({
    source: ['aws.config'],
    'detail-type': ['Config Rules Compliance Change'],
    detail: { configRuleName, newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
  }) as const

/** Managed rules of AWS Config, each with a resource that it evaluates. Source: AWS Config Developer Guide, "List of managed rules". */
const evaluated: Record<string, { resourceType: string; resourceId: string }> = {
  's3-bucket-public-read-prohibited': { resourceType: 'AWS::S3::Bucket', resourceId: 'acme-model-artifacts' },
  'sagemaker-notebook-no-direct-internet-access': {
    resourceType: 'AWS::SageMaker::NotebookInstance',
    resourceId: 'research',
  },
  'ec2-imdsv2-check': { resourceType: 'AWS::EC2::Instance', resourceId: 'i-0a1b2c3d4e5f60718' },
  'api-gw-associated-with-waf': {
    resourceType: 'AWS::ApiGateway::Stage',
    resourceId: 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/prod',
  },
}

/** What a rule is about is a rule of AWS Config. */
export const configComplianceChange: EventDefinition<ConfigComplianceChange> = {
  sample: {
    version: '0',
    id: '8c1f4f0e-5555-4666-8777-0a1b2c3d4e5f',
    'detail-type': 'Config Rules Compliance Change',
    source: 'aws.config',
    account: '111122223333',
    time: '2026-11-21T06:12:31Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      recordVersion: '1.0',
      messageType: 'ComplianceChangeNotification',
      notificationCreationTime: '2026-11-21T06:12:30.815Z',
      awsAccountId: '111122223333',
      awsRegion: 'us-east-1',
      configRuleARN: 'arn:aws:config:us-east-1:111122223333:config-rule/config-rule-a1b2c3',
      newEvaluationResult: {
        complianceType: 'NON_COMPLIANT',
        resultRecordedTime: '2026-11-21T06:12:30.101Z',
        configRuleInvokedTime: '2026-11-21T06:12:29.514Z',
      },
    },
  },
  pattern: nonCompliant,
  asks: (configRuleName) => [[configRuleName]],
  about: Object.keys(evaluated),
  because: (configRuleName) => `A resource is noncompliant with the AWS Config rule ${configRuleName}.`,
  threats: ['THREAT-59'],
  attack: ['T1580', 'LLM02'],
  subject: 'detail.resourceId',
  what: 'detail.configRuleName',
  fires: (configRuleName) => ({
    detail: {
      configRuleName,
      ...evaluated[configRuleName],
      newEvaluationResult: {
        evaluationResultIdentifier: {
          evaluationResultQualifier: {
            configRuleName,
            ...evaluated[configRuleName],
            evaluationMode: 'DETECTIVE',
          },
          orderingTimestamp: '2026-11-21T06:12:28.000Z',
        },
      },
    },
  }),
  not: {
    not: { detail: { newEvaluationResult: { complianceType: 'COMPLIANT' } } },
    'not-other-rule': { detail: { configRuleName: 'required-tags' } },
  },
  names: { instanceId: { by: 'detail.resourceId', about: 'ec2-' } },
}
