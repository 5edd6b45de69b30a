import { isSuccessfulCallTo, isSuccessfulModelCall } from '../find/call-predicates.ts'
import { principalKeyOf } from '../find/caller-keys.ts'
import { guardrailChanges } from '../find/monitored-calls.ts'
import { notifyIfUnreachable } from '../find/principal.ts'
import { accessKeyInSignal, callerInSignal, sessionInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { threshold, times } from '../threshold.ts'

/** A model call after a weakened guardrail shows intent. bedrock-guardrail-weakened restores the guardrail itself. */
export const guardrailWeakenedThenUsed = rule({
  name: 'guardrail-weakened-then-used',
  threats: ['THREAT-15'],
  because: ({ within }) => `A principal changed or removed a guardrail, then ran a model in ${within}.`,
  severity: 'critical',
  attack: ['T1685', 'AML.T0054', 'LLM01', 'LLM02'],
  when: threshold({
    facts: ['Call', 'ModelInvocationObserved'],
    by: principalKeyOf,
    measure: {
      steps: [
        { weakened: times(1, isSuccessfulCallTo(guardrailChanges)) },
        { used: times(1, isSuccessfulModelCall) },
      ],
      order: 'last comes last',
    },
    within: '30m',
    limits: [1],
  }),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-inference': ({ detail }) => callerInSignal(detail).targets,
    'deny-session': ({ detail }) => sessionInSignal(detail),
    'disable-access-key': ({ detail }) => accessKeyInSignal(detail),
    notify: ({ detail }) =>
      notifyIfUnreachable(callerInSignal(detail), 'weakened a guardrail and ran a model'),
  },
  mode: 'contain',
  release: '24h',
})
