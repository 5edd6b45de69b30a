import { callerInSignal } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { budgetBreach } from '../when.ts'

/** T34, in earnest. All that can be cut off is whoever calls Bedrock for it, and so for others: a person decides. */
export const tokensSpent = rule({
  name: 'tokens-spent',
  because: 'A session, a tenant or an agent spent far more tokens than it was granted.',
  severity: 'high',
  attack: ['AML.T0034.002', 'AML.T0029', 'LLM10', 'ASI08'],
  when: budgetBreach({ scope: ['session', 'tenant', 'agent'], level: ['hard'] }),
  subject: ({ detail }) => `${detail.scope} ${detail.scopeId}`,
  then: {
    'deny-inference': ({ detail }) => callerInSignal(detail).reach,
    notify: ({ detail }) => ({ subject: `${detail.scope} ${detail.scopeId}: over budget`.slice(0, 256) }),
  },
  mode: 'approve',
  release: '1h',
})
