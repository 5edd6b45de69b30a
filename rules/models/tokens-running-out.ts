import { rule } from '../rule.ts'
import { budgetBreach } from '../when.ts'

/** T34, softly: somebody should look before the budget is spent. */
export const tokensRunningOut = rule({
  name: 'tokens-running-out',
  because: 'A session, a tenant or an agent spends tokens faster than it was meant to.',
  severity: 'low',
  attack: ['AML.T0034.002', 'AML.T0029', 'LLM10', 'ASI08'],
  when: budgetBreach({ scope: ['session', 'tenant', 'agent'], level: ['soft'] }),
  subject: ({ detail }) => `${detail.scope} ${detail.scopeId}`,
  then: {
    notify: ({ detail }) => ({ subject: `${detail.scope} ${detail.scopeId}: tokens run out`.slice(0, 256) }),
  },
  mode: 'contain',
  release: '1h',
})
