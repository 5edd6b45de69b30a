import { rule } from '../rule.ts'
import { budgetLimit } from '../threshold.ts'
import { tokenBudgets } from './token-budgets.ts'

/** Soft limit: time to look before the budget is spent. */
export const tokensRunningOut = rule({
  name: 'tokens-running-out',
  threats: ['THREAT-34'],
  because: 'A session, a tenant or an agent reached the soft limit of its token budget.',
  severity: 'low',
  attack: ['AML.T0034.002', 'AML.T0029', 'LLM10', 'ASI08'],
  when: budgetLimit([tokenBudgets.session, tokenBudgets.tenant, tokenBudgets.agent], 'soft'),
  subject: ({ detail }) => `${detail.scope} ${detail.scopeId}`,
  then: {
    notify: ({ detail }) => ({
      subject: `${detail.scope} ${detail.scopeId}: soft token limit reached`.slice(0, 256),
    }),
  },
  mode: 'contain',
  release: '1h',
})
