import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** T14, of the whole account. */
export const bedrockGuardrailUnenforced = rule({
  name: 'bedrock-guardrail-unenforced',
  because: 'Somebody changed or ended the enforcement of a guardrail on every caller.',
  severity: 'high',
  attack: ['T1685', 'AML.T0054', 'LLM01'],
  when: call('bedrock', ['DeleteEnforcedGuardrailConfiguration', 'PutEnforcedGuardrailConfiguration']),
  subject: ({ detail }) => `enforced guardrail in ${detail.awsRegion}`,
  then: { 'enforce-guardrail': () => ({}) },
  mode: 'contain',
  release: '7d',
})
