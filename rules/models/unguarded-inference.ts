import { callerInSignal } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { thresholdCrossed } from '../when.ts'

/** T18. Enforcing changes what every caller of the Region gets: a person decides. */
export const unguardedInference = rule({
  name: 'unguarded-inference',
  because: 'Somebody ran a model without a guardrail.',
  severity: 'medium',
  attack: ['AML.T0054', 'LLM01'],
  when: thresholdCrossed('unguarded-inference'),
  subject: ({ detail }) => callerInSignal(detail).name,
  then: {
    'enforce-guardrail': ({ detail: { account, region } }) => ({
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
    }),
  },
  mode: 'approve',
  release: '7d',
})
