import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** The signed baseline shows whether it was weakened: if not, nothing changes. */
export const bedrockGuardrailWeakened = rule({
  name: 'bedrock-guardrail-weakened',
  threats: ['THREAT-14'],
  because: 'A guardrail was changed or deleted.',
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
