import { endUserInSignal } from '../find/signal-targets.ts'
import { tokenBudgets } from '../models/token-budgets.ts'
import { rule } from '../rule.ts'
import { budgetLimit } from '../threshold.ts'

/** The budget is declared policy, so throttling one end user needs no approval. */
export const userTokensSpent = rule({
  name: 'user-tokens-spent',
  threats: ['THREAT-34'],
  because: ({ limit, within }) =>
    `One end user spent more than ${limit.toLocaleString('en')} tokens in ${within}.`,
  severity: 'low',
  attack: ['AML.T0034.002', 'AML.T0029', 'LLM10', 'ASI08'],
  when: budgetLimit([tokenBudgets.user]),
  subject: ({ detail }) => `end user ${detail.scopeId}`,
  then: { 'throttle-user': ({ detail }) => endUserInSignal(detail) },
  mode: 'contain',
  release: '4h',
})
