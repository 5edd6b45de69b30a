import { callerOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** T10. It shows in no invocation log, and no deny on `bedrock:*` stops it; told once while it lasts. */
export const bedrockMantleInference = rule({
  name: 'bedrock-mantle-inference',
  because: 'Somebody ran a model through bedrock-mantle, which the invocation log does not see.',
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
