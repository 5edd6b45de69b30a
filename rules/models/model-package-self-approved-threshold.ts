import { personIn } from '../find/counted-by.ts'
import { threshold } from '../threshold.ts'

/** T36. A counter for each package and person: that both calls are in one is that one person made them. */
export const modelPackageSelfApproved = threshold({
  name: 'model-package-self-approved',
  because: 'Somebody approved a model package that they had registered themselves.',
  facts: ['Call'],
  by: (it) => it.resource && personIn(it) && `${it.resource}#${personIn(it)}`,
  measure: {
    stages: [
      { registered: { needs: 1, when: ({ name }) => name === 'CreateModelPackage' } },
      { approved: { needs: 1, when: ({ approves }) => approves === true } },
    ],
  },
  within: '90d',
  limits: [1],
})
