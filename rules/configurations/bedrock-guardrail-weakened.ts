import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** T14. Whether it was weakened shows against the signed baseline: where it was not, nothing changes. */
export const bedrockGuardrailWeakened = rule({
  name: 'bedrock-guardrail-weakened',
  because: 'Somebody changed or deleted a guardrail.',
  severity: 'high',
  attack: ['T1685', 'AML.T0054', 'LLM01'],
  when: call('bedrock', ['DeleteGuardrail', 'UpdateGuardrail']),
  subject: ({ detail }) => `guardrail ${detail.requestParameters.guardrailIdentifier}`,
  then: {
    'restore-guardrail': ({ detail }) => ({
      // Named by its id, or by its ARN.
      guardrailId: detail.requestParameters.guardrailIdentifier.replace(/^arn:.*\//, ''),
    }),
  },
  mode: 'contain',
  release: '7d',
})
