import type { Duration } from '../../engine/rule.ts'
import type { BudgetBreach } from '../events/signal.ts'
import { defineThreshold } from '../threshold.ts'

/** THREAT-34. Counted from the sources that know whose request it was: CloudTrail does not. */
const budget = (
  scope: Exclude<BudgetBreach['scope'], 'principal'>,
  within: Duration,
  soft: number,
  hard: number,
) =>
  defineThreshold({
    name: `${scope}-tokens`,
    facts: ['ModelInvocationObserved'],
    by: (it) => it[scope],
    measure: { sum: ({ tokens, origin }) => (origin === 'cloudtrail' ? 0 : (tokens?.total ?? 0)) },
    unit: 'tokens',
    within,
    limits: [soft, hard],
    budget: scope,
  })

/** Tokens, input and output, that one of each may spend within a time: soft and hard limit. */
export const tokenBudgets = {
  session: budget('session', '1h', 250_000, 1_000_000),
  user: budget('user', '1d', 1_000_000, 3_000_000),
  agent: budget('agent', '1h', 2_000_000, 10_000_000),
  tenant: budget('tenant', '1d', 50_000_000, 100_000_000),
}
