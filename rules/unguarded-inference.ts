import { rule } from './rule.ts'
import { principalOf } from './signalled.ts'
import { crossed } from './when.ts'

/** T18. Enforcing changes what every caller of the Region gets: a person decides. */
export const unguardedInference = rule({
  name: 'unguarded-inference',
  because: 'Somebody ran a model without a guardrail.',
  severity: 'medium',
  attack: ['AML.T0054', 'LLM01'],
  when: crossed('unguarded-inference'),
  subject: ({ detail }) => principalOf(detail).name,
  then: {
    'enforce-guardrail': ({ detail: { account, region } }) => ({
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
    }),
  },
  mode: 'approve',
  release: '7d',
})
