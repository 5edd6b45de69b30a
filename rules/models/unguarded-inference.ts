import { principalKeyOf } from '../find/caller-keys.ts'
import { callerInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { threshold } from '../threshold.ts'

/**
 * Only the invocation log shows that no guardrail was applied; a threshold of one reports it once an hour. Enforcing
 * changes the answers of every caller in the Region: a person decides.
 */
export const unguardedInference = rule({
  name: 'unguarded-inference',
  threats: ['THREAT-18'],
  because: 'A principal ran a model without a guardrail.',
  severity: 'medium',
  attack: ['AML.T0054', 'LLM01'],
  when: threshold({
    facts: ['ModelInvocationObserved'],
    by: principalKeyOf,
    measure: { count: ({ guarded, errorCode }) => Number(guarded === false && errorCode === undefined) },
    unit: 'unguarded calls',
    within: '1h',
    limits: [1],
  }),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'enforce-guardrail': ({ detail: { account, region } }) => ({
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
    }),
  },
  mode: 'approve',
  release: '7d',
})
