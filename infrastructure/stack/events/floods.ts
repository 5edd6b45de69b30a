import { agentRoles, agentServices, modelArtefactsSuffix } from '../../../rules/find/monitored-calls.ts'
import { applicationSource as applications } from '../../../sdk/tracer.ts'
import { inferenceCalls } from '../../../sensing/signals/cloudtrail.ts'
import type { TemplateValue } from '../template/template.ts'

/** A rule that sends events to sense, on the default bus or on the stack's own. */
export interface FloodSource {
  description: string
  pattern: { [key: string]: TemplateValue }
  /** Also read-only calls, as those that invoke a model are. */
  reads?: true
  own?: true
}

const called = ['AWS API Call via CloudTrail']

/** By the logical ids of the rules. Ends of streams are left out: nothing counts them. */
export const floodsOf = (logBucket: string): Record<string, FloodSource> => ({
  CallsOfModels: {
    description: 'Every call to Bedrock',
    pattern: { source: [{ prefix: 'aws.bedrock' }], 'detail-type': called },
    reads: true,
  },
  CallsOfEndpoints: {
    description: 'Calls to SageMaker endpoints, registrations and approvals of models',
    pattern: {
      source: [{ prefix: 'aws.' }],
      'detail-type': called,
      detail: {
        eventSource: ['sagemaker.amazonaws.com', 'runtime.sagemaker.amazonaws.com'],
        eventName: [...(inferenceCalls.sagemaker ?? []), 'CreateModelPackage', 'UpdateModelPackage'],
      },
    },
  },
  ReadsOfArtefacts: {
    description: 'Reads of model artefacts',
    pattern: {
      source: ['aws.s3'],
      'detail-type': called,
      detail: {
        eventName: ['GetObject'],
        requestParameters: { bucketName: [{ suffix: modelArtefactsSuffix }] },
      },
    },
  },
  CallsOfAgents: {
    description: 'Calls by roles of agents to services that agents do not need',
    pattern: {
      source: [{ prefix: 'aws.' }],
      'detail-type': called,
      detail: {
        eventSource: [{ 'anything-but': [...agentServices] }],
        userIdentity: {
          sessionContext: { sessionIssuer: { userName: agentRoles.map((wildcard) => ({ wildcard })) } },
        },
      },
    },
    reads: true,
  },
  Applications: {
    description: 'Guardrail interventions that applications report',
    pattern: { source: [applications] },
    own: true,
  },
  ...(logBucket && {
    InvocationLog: {
      description: 'New files of the model invocation log; its bucket must send events to EventBridge',
      pattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [logBucket] } },
      },
    },
  }),
})
