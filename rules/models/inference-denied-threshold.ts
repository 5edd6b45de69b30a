import { principalIn } from '../find/counted-by.ts'
import { isCalled } from '../find/is-call.ts'
import { threshold } from '../threshold.ts'

const probing = /^(AccessDenied|ValidationException|UnrecognizedClient)/

/** T07. */
export const inferenceDenied = threshold({
  name: 'inference-denied',
  because: 'A principal was refused inference again and again: it tries what it may do.',
  facts: ['ModelInvocationObserved'],
  by: principalIn,
  measure: {
    count: (it) => Number(isCalled(it) && probing.test(it.errorCode ?? '')),
  },
  within: '10m',
  limits: [5],
})
