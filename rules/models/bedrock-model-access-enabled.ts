import { modelAccessCalls } from '../find/monitored-calls.ts'
import { callerOf, notifyIfUnreachable } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** Expected principals are on the exceptions list; any other loses inference, which it did not use before. */
export const bedrockModelAccessEnabled = rule({
  name: 'bedrock-model-access-enabled',
  threats: ['THREAT-05'],
  because: 'Access to a model was enabled: the first step of LLMjacking.',
  severity: 'high',
  attack: ['T1526', 'T1098', 'AML.T0012', 'LLM10'],
  when: call('bedrock', modelAccessCalls),
  subject: ({ detail }) => callerOf(detail.userIdentity).name,
  then: {
    'deny-inference': ({ detail }) => callerOf(detail.userIdentity).targets,
    notify: ({ detail }) => notifyIfUnreachable(callerOf(detail.userIdentity), detail.eventName),
  },
  mode: 'contain',
  release: '24h',
})
