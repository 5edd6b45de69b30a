import { unreached } from '../find/principal.ts'
import { callerInSignal, keyIn, sessionIn } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { thresholdCrossed } from '../when.ts'

/** T38. A new training job reads as much: a person decides. */
export const modelArtefactsRead = rule({
  name: 'model-artefacts-read',
  because: 'Somebody read as much out of a bucket of model artefacts as a whole model weighs.',
  severity: 'high',
  attack: ['T1530', 'AML.T0035', 'AML.T0048.004', 'LLM03'],
  when: thresholdCrossed('model-artefacts-read'),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-session': ({ detail }) => sessionIn(detail),
    'disable-access-key': ({ detail }) => keyIn(detail),
    notify: ({ detail }) => unreached(callerInSignal(detail), 'read a whole model'),
  },
  mode: 'approve',
  release: '24h',
})
