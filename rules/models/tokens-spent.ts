import { callerInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { budgetLimit } from '../threshold.ts'
import { tokenBudgets } from './token-budgets.ts'

/** Hard limit. Only the principal that calls Bedrock can be denied, and others may depend on it: a person decides. */
export const tokensSpent = rule({
  name: 'tokens-spent',
  threats: ['THREAT-34'],
  because: 'A session, a tenant or an agent reached the hard limit of its token budget.',
  severity: 'high',
  attack: ['AML.T0034.002', 'AML.T0029', 'LLM10', 'ASI08'],
  when: budgetLimit([tokenBudgets.session, tokenBudgets.tenant, tokenBudgets.agent], 'hard'),
  subject: ({ detail }) => `${detail.scope} ${detail.scopeId}`,
  then: {
    'deny-inference': ({ detail }) => callerInSignal(detail).targets,
    notify: ({ detail }) => ({
      subject: `${detail.scope} ${detail.scopeId}: hard token limit reached`.slice(0, 256),
    }),
  },
  mode: 'approve',
  release: '1h',
})
