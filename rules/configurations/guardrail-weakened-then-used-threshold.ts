import { principalIn } from '../find/counted-by.ts'
import { isAmong, isRun } from '../find/is-call.ts'
import { tampering } from '../find/monitored-calls.ts'
import { threshold } from '../threshold.ts'

/** T15. */
export const guardrailWeakenedThenUsed = threshold({
  name: 'guardrail-weakened-then-used',
  because: 'A principal changed or removed a guardrail, and ran a model after that.',
  facts: ['Call', 'ModelInvocationObserved'],
  by: principalIn,
  measure: {
    stages: [{ weakened: { needs: 1, when: isAmong(tampering) } }, { used: { needs: 1, when: isRun } }],
    order: 'last comes last',
  },
  within: '30m',
  limits: [1],
})
