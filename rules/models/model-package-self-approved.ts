import { personKeyOf } from '../find/caller-keys.ts'
import { callerInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { threshold, times } from '../threshold.ts'

/** One counter for each package and person: both steps in one counter are one person. Nothing is deployed yet. */
export const modelPackageSelfApproved = rule({
  name: 'model-package-self-approved',
  threats: ['THREAT-36'],
  because: 'A model package was approved by the person who had registered it.',
  severity: 'high',
  attack: ['AML.T0010.003', 'T1525', 'LLM03', 'LLM04'],
  when: threshold({
    facts: ['Call'],
    by: (call) => call.resource && personKeyOf(call) && `${call.resource}#${personKeyOf(call)}`,
    measure: {
      steps: [
        { registered: times(1, ({ name }) => name === 'CreateModelPackage') },
        { approved: times(1, ({ approves }) => approves === true) },
      ],
    },
    within: '90d',
    limits: [1],
  }),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    notify: ({ detail }) => ({ subject: `${callerInSignal(detail).name}: ${detail.key}`.slice(0, 256) }),
  },
  mode: 'contain',
  release: '24h',
})
