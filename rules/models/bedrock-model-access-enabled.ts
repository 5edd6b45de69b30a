import { modelAccess } from '../find/model-access.ts'
import { callerOf, unreached } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** T05. A principal on the exceptions list may; everybody else loses inference, which a non-user never misses. */
export const bedrockModelAccessEnabled = rule({
  name: 'bedrock-model-access-enabled',
  because: 'Somebody switched on access to a model: the first step of LLMjacking.',
  severity: 'high',
  attack: ['T1526', 'T1098', 'AML.T0012', 'LLM10'],
  when: call('bedrock', modelAccess),
  subject: ({ detail }) => callerOf(detail.userIdentity).name,
  then: {
    'deny-inference': ({ detail }) => callerOf(detail.userIdentity).reach,
    notify: ({ detail }) => unreached(callerOf(detail.userIdentity), detail.eventName),
  },
  mode: 'contain',
  release: '24h',
})
