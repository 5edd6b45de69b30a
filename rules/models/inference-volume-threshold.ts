import { principalIn } from '../find/counted-by.ts'
import { isRun } from '../find/is-call.ts'
import { threshold } from '../threshold.ts'

/** T39. Extraction and membership inference ask a model thousands of times. */
export const inferenceVolume = threshold({
  name: 'inference-volume',
  because: 'A principal called one model as often as only a program with a purpose does.',
  facts: ['ModelInvocationObserved'],
  by: (it) => principalIn(it) && `${principalIn(it)}#${it.model ?? 'unknown'}`,
  measure: { count: (it) => Number(isRun(it)) },
  within: '10m',
  limits: [500],
})
