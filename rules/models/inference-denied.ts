import { unreached } from '../find/principal.ts'
import { callerInSignal } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { thresholdCrossed } from '../when.ts'

/** T07. A bad deploy looks the same: a person decides. What is denied anyway loses nothing, and nothing gets through. */
export const inferenceDenied = rule({
  name: 'inference-denied',
  because: 'A principal was refused inference again and again: somebody tries what it may do.',
  severity: 'medium',
  attack: ['T1526', 'T1580', 'AML.T0040', 'LLM10'],
  when: thresholdCrossed('inference-denied'),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-inference': ({ detail }) => callerInSignal(detail).reach,
    notify: ({ detail }) => unreached(callerInSignal(detail), 'refused again and again'),
  },
  mode: 'approve',
  release: '24h',
})
