import { callerOf, unreached } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** T08, used: an API key is for calling models. Which key it was does not show, but its user does. */
export const bedrockApiKeyDestroys = rule({
  name: 'bedrock-api-key-destroys',
  because: 'A Bedrock API key was used to take away guardrails, logs or models.',
  severity: 'critical',
  attack: ['T1550.001', 'T1685', 'LLM10'],
  when: call('bedrock', [{ prefix: 'Delete' }, 'PutModelInvocationLoggingConfiguration'], {
    additionalEventData: { callWithBearerToken: [true] },
  }),
  subject: ({ detail }) => callerOf(detail.userIdentity).name,
  then: {
    'deny-inference': ({ detail }) => callerOf(detail.userIdentity).reach,
    notify: ({ detail }) => unreached(callerOf(detail.userIdentity), detail.eventName),
  },
  mode: 'contain',
  release: '24h',
})
