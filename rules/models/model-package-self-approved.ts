import { callerInSignal } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { thresholdCrossed } from '../when.ts'

/** T36. Nothing is deployed yet: people are told, and reject it. */
export const modelPackageSelfApproved = rule({
  name: 'model-package-self-approved',
  because: 'Somebody approved a model package that they had registered themselves.',
  severity: 'high',
  attack: ['AML.T0010.003', 'T1525', 'LLM03', 'LLM04'],
  when: thresholdCrossed('model-package-self-approved'),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    notify: ({ detail }) => ({ subject: `${callerInSignal(detail).name}: ${detail.key}`.slice(0, 256) }),
  },
  mode: 'contain',
  release: '24h',
})
