import { agentRoles, agentServices, modelArtefactsSuffix } from '../../../rules/find/monitored-calls.ts'
import { applicationSource as applications } from '../../../sdk/tracer.ts'
import { inferenceCalls } from '../../../sensing/signals/cloudtrail.ts'
import type { TemplateValue } from '../template/template.ts'

/** What EventBridge sends to sense: a rule on the default bus, or on the stack's own. */
export interface FloodSource {
  says: string
  pattern: { [key: string]: TemplateValue }
  /** Also calls that only read, as those that run a model are. */
  reads?: true
  own?: true
}

const called = ['AWS API Call via CloudTrail']

/** By the ids of the rules. Ends of streams are left out: nothing counts them. */
export const floodsOf = (logBucket: string): Record<string, FloodSource> => ({
  CallsOfModels: {
    says: 'Every call to Bedrock',
    pattern: { source: [{ prefix: 'aws.bedrock' }], 'detail-type': called },
    reads: true,
  },
  CallsOfEndpoints: {
    says: 'Calls of SageMaker endpoints, and who registers and approves models',
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
    says: 'Reads of model artefacts',
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
    says: 'What the roles of agents call besides their own services',
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
    says: 'What applications tell of guardrails',
    pattern: { source: [applications] },
    own: true,
  },
  ...(logBucket && {
    InvocationLog: {
      says: 'Files of the model invocation log; its bucket must send its events to EventBridge',
      pattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [logBucket] } },
      },
    },
  }),
})
