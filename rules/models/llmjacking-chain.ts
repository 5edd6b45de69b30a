import { unreached } from '../find/principal.ts'
import { callerInSignal, keyIn, sessionIn } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { thresholdCrossed } from '../when.ts'

/** T06. Three stages within 15 minutes: whoever takes them is stopped, key, session and all. */
export const llmjackingChain = rule({
  name: 'llmjacking-chain',
  because: 'One set of credentials looked for models, opened or forced one, and used it: LLMjacking.',
  severity: 'critical',
  attack: ['T1526', 'T1098', 'T1496.004', 'AML.T0034', 'LLM10'],
  when: thresholdCrossed('llmjacking-chain'),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-inference': ({ detail }) => callerInSignal(detail).reach,
    'deny-session': ({ detail }) => sessionIn(detail),
    'disable-access-key': ({ detail }) => keyIn(detail),
    notify: ({ detail }) => unreached(callerInSignal(detail), 'LLMjacking'),
  },
  mode: 'contain',
  release: '24h',
})
