import { isAccessDenied, isModelCall, isSuccessfulCallTo } from '../find/call-predicates.ts'
import { credentialsKeyOf } from '../find/caller-keys.ts'
import { modelAccessCalls, reconnaissanceCalls } from '../find/monitored-calls.ts'
import { notifyIfUnreachable } from '../find/principal.ts'
import { accessKeyInSignal, callerInSignal, sessionInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { threshold, times } from '../threshold.ts'

/** All three steps by one set of credentials leave no doubt: key, session and inference are all denied. */
export const llmjackingChain = rule({
  name: 'llmjacking-chain',
  threats: ['THREAT-06'],
  because: ({ within }) =>
    `LLMjacking: one set of credentials searched for, enabled and used a model in ${within}.`,
  severity: 'critical',
  attack: ['T1526', 'T1098', 'T1496.004', 'AML.T0034', 'LLM10'],
  when: threshold({
    facts: ['Call', 'ModelInvocationObserved'],
    by: credentialsKeyOf,
    measure: {
      steps: [
        { looked: times(2, isSuccessfulCallTo(reconnaissanceCalls)) },
        { enabled: times(1, isSuccessfulCallTo(modelAccessCalls)), denied: times(3, isAccessDenied) },
        { used: times(1, (call) => isModelCall(call) && !isAccessDenied(call)) },
      ],
    },
    within: '15m',
    limits: [1],
  }),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'deny-inference': ({ detail }) => callerInSignal(detail).targets,
    'deny-session': ({ detail }) => sessionInSignal(detail),
    'disable-access-key': ({ detail }) => accessKeyInSignal(detail),
    notify: ({ detail }) => notifyIfUnreachable(callerInSignal(detail), 'LLMjacking'),
  },
  mode: 'contain',
  release: '24h',
})
