import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { BudgetBreach } from './signal.ts'
import { type SignalEvent, signalDetail, signalEnvelope, signalNames } from './signal-event.ts'

/** A token budget was spent. */
export type BudgetBreachEvent = SignalEvent<'Budget Breach', BudgetBreach>

/** A budget of rules/models/token-budgets.ts was spent. */
export const budgetBreach = (detail: Pattern<BudgetBreach>) =>
  ({ source: ['portcullis'], 'detail-type': ['Budget Breach'], detail }) as const

const scopeId = 'research'

/** What a rule is about is the scope of a budget, of one holder: the rules of all holders are there already. */
export const budgetBreachEvent: EventDefinition<BudgetBreachEvent> = {
  sample: {
    ...signalEnvelope,
    resources: [],
    'detail-type': 'Budget Breach',
    detail: {
      ...signalDetail,
      policies: [],
      origin: 'portcullis',
      type: 'BudgetBreach',
      scopeId,
      level: 'hard',
      limit: 100_000_000,
      windowSeconds: 86_400,
      tokens: { input: 0, output: 0, total: 100_000_412 },
    },
  },
  pattern: budgetBreach,
  asks: (scope) => [{ scope: [scope], scopeId: [scopeId] }],
  about: ['tenant', 'agent', 'session'],
  because: (scope) => `The ${scope} ${scopeId} spent its token budget.`,
  threats: ['THREAT-34'],
  attack: ['AML.T0034.002', 'LLM10'],
  subject: 'detail.scopeId',
  what: 'detail.level',
  fires: (scope) => ({ detail: { scope, ...(scope !== 'session' && { [scope]: scopeId }) } }),
  not: {
    not: { detail: { scope: 'principal' } },
    'not-other-holder': { detail: { scopeId: 'marketing' } },
  },
  names: signalNames,
}
