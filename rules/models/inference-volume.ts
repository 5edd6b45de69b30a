import { unreached } from '../find/principal.ts'
import { callerInSignal } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { thresholdCrossed } from '../when.ts'

/** T39. A batch job calls as often: those that may are exceptions, of the others a person decides. */
export const inferenceVolume = rule({
  name: 'inference-volume',
  because: 'Somebody called one model 500 times in ten minutes: as often as extraction takes.',
  severity: 'medium',
  attack: ['AML.T0024.002', 'AML.T0024.000', 'AML.T0034', 'LLM10'],
  when: thresholdCrossed('inference-volume'),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-inference': ({ detail }) => callerInSignal(detail).reach,
    notify: ({ detail }) => unreached(callerInSignal(detail), 'calls one model all the time'),
  },
  mode: 'approve',
  release: '4h',
})
