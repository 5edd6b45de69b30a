import { isRefusedModelCall } from '../find/call-predicates.ts'
import { principalKeyOf } from '../find/caller-keys.ts'
import { notifyIfUnreachable } from '../find/principal.ts'
import { callerInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { threshold } from '../threshold.ts'

/** A faulty deployment looks the same: a person decides. Waiting is safe, as the calls are refused in any case. */
export const inferenceDenied = rule({
  name: 'inference-denied',
  threats: ['THREAT-07'],
  because: ({ limit, within }) =>
    `A principal was refused inference ${limit} times in ${within}: it may be probing.`,
  severity: 'medium',
  attack: ['T1526', 'T1580', 'AML.T0040', 'LLM10'],
  when: threshold({
    facts: ['ModelInvocationObserved'],
    by: principalKeyOf,
    measure: { count: (call) => Number(isRefusedModelCall(call)) },
    unit: 'refused calls',
    within: '10m',
    limits: [5],
  }),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-inference': ({ detail }) => callerInSignal(detail).targets,
    notify: ({ detail }) => notifyIfUnreachable(callerInSignal(detail), 'refused inference repeatedly'),
  },
  mode: 'approve',
  release: '24h',
})
