import { window } from '../../windows/window.ts'
import { tampering } from '../watched.ts'
import { principalIn } from './by.ts'
import { isAmong, isRun } from './is.ts'

/** T15. */
export const guardrailWeakenedThenUsed = window({
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
