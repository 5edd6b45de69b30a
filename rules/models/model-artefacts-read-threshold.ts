import { principalIn } from '../find/counted-by.ts'
import { threshold } from '../threshold.ts'

const GiB = 2 ** 30

/** T38. As much as a large model's weights. */
export const modelArtefactsRead = threshold({
  name: 'model-artefacts-read',
  because: 'A principal read as much out of a bucket of model artefacts as a whole model weighs.',
  facts: ['Call'],
  by: (it) => it.resource && principalIn(it) && `${principalIn(it)}#${it.resource}`,
  measure: { sum: ({ bytesOut = 0, name }) => (name === 'GetObject' ? bytesOut : 0) },
  within: '10m',
  limits: [20 * GiB],
})
