import { window } from '../../windows/window.ts'
import { modelAccess } from '../calls.ts'
import { recon } from '../watched.ts'
import { credentialsIn } from './by.ts'
import { isAmong, isCalled, isDenied } from './is.ts'

/** T06. */
export const llmjackingChain = window({
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
