import { principalKeyOf } from '../find/caller-keys.ts'
import { notifyIfUnreachable } from '../find/principal.ts'
import { accessKeyInSignal, callerInSignal, sessionInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { threshold } from '../threshold.ts'

const GiB = 2 ** 30

/** The weights of a large model are this size. A new training job reads as much: a person decides. */
export const modelArtefactsRead = rule({
  name: 'model-artefacts-read',
  threats: ['THREAT-38'],
  because: ({ limit, within }) =>
    `A principal read ${limit / GiB} GiB from a bucket of model artefacts in ${within}.`,
  severity: 'high',
  attack: ['T1530', 'AML.T0035', 'AML.T0048.004', 'LLM03'],
  when: threshold({
    facts: ['Call'],
    by: (call) => call.resource && principalKeyOf(call) && `${principalKeyOf(call)}#${call.resource}`,
    measure: { sum: ({ bytesOut = 0, name }) => (name === 'GetObject' ? bytesOut : 0) },
    unit: 'bytes',
    within: '10m',
    limits: [20 * GiB],
  }),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-session': ({ detail }) => sessionInSignal(detail),
    'disable-access-key': ({ detail }) => accessKeyInSignal(detail),
    notify: ({ detail }) => notifyIfUnreachable(callerInSignal(detail), 'read the size of a whole model'),
  },
  mode: 'approve',
  release: '24h',
})
