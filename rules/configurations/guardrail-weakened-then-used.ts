import { unreached } from '../find/principal.ts'
import { callerInSignal, keyIn, sessionIn } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { thresholdCrossed } from '../when.ts'

/** T15. Weakening and then using is intent. The guardrail itself is bedrock-guardrail-weakened's to restore. */
export const guardrailWeakenedThenUsed = rule({
  name: 'guardrail-weakened-then-used',
  because: 'Somebody changed or removed a guardrail, and ran a model after that.',
  severity: 'critical',
  attack: ['T1685', 'AML.T0054', 'LLM01', 'LLM02'],
  when: thresholdCrossed('guardrail-weakened-then-used'),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-inference': ({ detail }) => callerInSignal(detail).reach,
    'deny-session': ({ detail }) => sessionIn(detail),
    'disable-access-key': ({ detail }) => keyIn(detail),
    notify: ({ detail }) => unreached(callerInSignal(detail), 'weakened a guardrail and used it'),
  },
  mode: 'contain',
  release: '24h',
})
