import { credentialsIn } from '../find/counted-by.ts'
import { isAmong, isCalled, isDenied } from '../find/is-call.ts'
import { modelAccess } from '../find/model-access.ts'
import { recon } from '../find/monitored-calls.ts'
import { threshold } from '../threshold.ts'

/** T06. */
export const llmjackingChain = threshold({
  name: 'llmjacking-chain',
  because: 'One set of credentials looked round, opened or forced a model, and used it.',
  facts: ['Call', 'ModelInvocationObserved'],
  by: credentialsIn,
  measure: {
    stages: [
      { looked: { needs: 2, when: isAmong(recon) } },
      { enabled: { needs: 1, when: isAmong(modelAccess) }, denied: { needs: 3, when: isDenied } },
      { used: { needs: 1, when: (it) => isCalled(it) && !isDenied(it) } },
    ],
  },
  within: '15m',
  limits: [1],
})
