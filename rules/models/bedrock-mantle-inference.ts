import { callerOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** Not in the invocation log, and a deny on `bedrock:*` does not stop it. Notified once while it continues. */
export const bedrockMantleInference = rule({
  name: 'bedrock-mantle-inference',
  threats: ['THREAT-10'],
  because: 'A model was run through bedrock-mantle, which the invocation log does not cover.',
  severity: 'low',
  attack: ['T1496.004', 'AML.T0040', 'LLM10'],
  when: call('bedrock-mantle', ['CreateFineTuningJob', 'CreateInference']),
  subject: ({ detail }) => callerOf(detail.userIdentity).name,
  then: {
    notify: ({ detail }) => ({ subject: `${callerOf(detail.userIdentity).name}: ${detail.eventSource}` }),
  },
  mode: 'contain',
  release: '24h',
})
