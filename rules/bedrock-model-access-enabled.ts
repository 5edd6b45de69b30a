import { principalOf } from './principal.ts'
import { rule } from './rule.ts'

/** T05. A principal on the exceptions list may; everybody else loses inference, which a non-user never misses. */
export const bedrockModelAccessEnabled = rule({
  name: 'bedrock-model-access-enabled',
  because: 'Somebody switched on access to a model: the first step of LLMjacking.',
  severity: 'high',
  attack: ['T1098', 'AML.T0012', 'LLM10'],
  when: {
    source: ['aws.bedrock'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['bedrock.amazonaws.com'],
      eventName: ['CreateFoundationModelAgreement', 'PutUseCaseForModelAccess', 'PutFoundationModelEntitlement'],
      errorCode: [{ exists: false }],
    },
  },
  subject: ({ detail }) => detail.userIdentity.arn,
  then: { 'deny-inference': ({ detail }) => principalOf(detail.userIdentity) },
  mode: 'contain',
  release: '24h',
})
