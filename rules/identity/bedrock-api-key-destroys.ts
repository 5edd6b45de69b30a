import { callerOf, notifyIfUnreachable } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** API keys are for calling models. The event does not name the key, but it names its user. */
export const bedrockApiKeyDestroys = rule({
  name: 'bedrock-api-key-destroys',
  threats: ['THREAT-08'],
  because: 'A Bedrock API key was used to delete guardrails, logs or models.',
  severity: 'critical',
  attack: ['T1550.001', 'T1685', 'LLM10'],
  when: call('bedrock', [{ prefix: 'Delete' }, 'PutModelInvocationLoggingConfiguration'], {
    additionalEventData: { callWithBearerToken: [true] },
  }),
  subject: ({ detail }) => callerOf(detail.userIdentity).name,
  then: {
    'deny-inference': ({ detail }) => callerOf(detail.userIdentity).targets,
    notify: ({ detail }) => notifyIfUnreachable(callerOf(detail.userIdentity), detail.eventName),
  },
  mode: 'contain',
  release: '24h',
})
