import { userIn } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { budgetBreach } from '../when.ts'

/** T34, one end user. The budget is declared policy: nobody needs to be asked. */
export const userTokensSpent = rule({
  name: 'user-tokens-spent',
  because: 'One end user spent more tokens than anybody is granted in a day.',
  severity: 'low',
  attack: ['AML.T0034.002', 'AML.T0029', 'LLM10', 'ASI08'],
  when: budgetBreach({ scope: ['user'] }),
  subject: ({ detail }) => `end user ${detail.scopeId}`,
  then: { 'throttle-user': ({ detail }) => userIn(detail) },
  mode: 'contain',
  release: '4h',
})
