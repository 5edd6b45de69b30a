import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** The guardrail that the account enforces on every caller. */
export const bedrockGuardrailUnenforced = rule({
  name: 'bedrock-guardrail-unenforced',
  threats: ['THREAT-14'],
  because: 'The enforcement of a guardrail on every caller was changed or ended.',
  severity: 'high',
  attack: ['T1685', 'AML.T0054', 'LLM01'],
  when: call('bedrock', ['DeleteEnforcedGuardrailConfiguration', 'PutEnforcedGuardrailConfiguration']),
  subject: ({ detail }) => `enforced guardrail in ${detail.awsRegion}`,
  then: { 'enforce-guardrail': () => ({}) },
  mode: 'contain',
  release: '7d',
})
