import { principalIn } from '../find/counted-by.ts'
import { threshold } from '../threshold.ts'

/** T18. Only the invocation log shows that no guardrail was at work; counted so that it is told once. */
export const unguardedInference = threshold({
  name: 'unguarded-inference',
  because: 'A principal ran a model without a guardrail.',
  facts: ['ModelInvocationObserved'],
  by: principalIn,
  measure: { count: ({ guarded, errorCode }) => Number(guarded === false && errorCode === undefined) },
  within: '1h',
  limits: [1],
})
