import { isSuccessfulModelCall } from '../find/call-predicates.ts'
import { principalKeyOf } from '../find/caller-keys.ts'
import { notifyIfUnreachable } from '../find/principal.ts'
import { callerInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { threshold } from '../threshold.ts'

/** Model extraction and membership inference take thousands of calls. So do batch jobs: except those, else a person decides. */
export const inferenceVolume = rule({
  name: 'inference-volume',
  threats: ['THREAT-39'],
  because: ({ limit, within }) =>
    `A principal called one model ${limit} times in ${within}: possible model extraction.`,
  severity: 'medium',
  attack: ['AML.T0024.002', 'AML.T0024.000', 'AML.T0034', 'LLM10'],
  when: threshold({
    facts: ['ModelInvocationObserved'],
    by: (call) => principalKeyOf(call) && `${principalKeyOf(call)}#${call.model ?? 'unknown'}`,
    measure: { count: (call) => Number(isSuccessfulModelCall(call)) },
    unit: 'calls',
    within: '10m',
    limits: [500],
  }),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-inference': ({ detail }) => callerInSignal(detail).targets,
    notify: ({ detail }) => notifyIfUnreachable(callerInSignal(detail), 'high volume of calls to one model'),
  },
  mode: 'approve',
  release: '4h',
})
