import { unreached } from './principal.ts'
import { rule } from './rule.ts'
import { keyIn, principalOf, sessionIn } from './signalled.ts'
import { crossed } from './when.ts'

/** T15. Weakening and then using is intent. The guardrail itself is bedrock-guardrail-weakened's to restore. */
export const guardrailWeakenedThenUsed = rule({
  name: 'guardrail-weakened-then-used',
  because: 'Somebody changed or removed a guardrail, and ran a model after that.',
  severity: 'critical',
  attack: ['T1685', 'AML.T0054', 'LLM01', 'LLM02'],
  when: crossed('guardrail-weakened-then-used'),
  subject: ({ detail }) => principalOf(detail).name,
  then: {
    'deny-inference': ({ detail }) => principalOf(detail).reach,
    'deny-session': ({ detail }) => sessionIn(detail),
    'disable-access-key': ({ detail }) => keyIn(detail),
    notify: ({ detail }) => unreached(principalOf(detail), 'weakened a guardrail and used it'),
  },
  mode: 'contain',
  release: '24h',
})
