import { type Threshold, threshold } from '../threshold.ts'
import { budgets } from './budgets.ts'

/** T34. Charged from the sources that know whose a request was: CloudTrail does not. */
export const tokenBudgets: readonly Threshold[] = budgets.map(({ scope, within, soft, hard }) =>
  threshold({
    name: `${scope}-tokens`,
    because: `One ${scope} spent more tokens than it was granted.`,
    facts: ['ModelInvocationObserved'],
    by: (it) => it[scope],
    measure: { sum: ({ tokens, origin }) => (origin === 'cloudtrail' ? 0 : (tokens?.total ?? 0)) },
    within,
    limits: [soft, hard],
    budget: scope,
  }),
)
