import { milliseconds } from '../../engine/rule.ts'
import { digest } from '../../lib/canonical.ts'
import type { Fact } from '../../rules/events/fact.ts'
import type { BudgetBreach, ThresholdCrossed } from '../../rules/events/signal.ts'
import { definedFields } from '../signals/fields.ts'
import type { CounterUpdate } from './batch.ts'
import type { LimitCrossing } from './evaluate.ts'

/** Pure. The signal of a counter that reached a limit: the amount, and whom its newest fact names. */
export function crossingSignal(
  { threshold, key, fact }: CounterUpdate,
  crossing: LimitCrossing,
): ThresholdCrossed | BudgetBreach {
  const { name, budget, limits, within } = threshold
  const { limit, amount, to } = crossing
  const common = {
    ...actorOf(fact),
    schema: '1' as const,
    id: digest('threshold', name, key, String(limit), String(to)).slice(0, 32),
    origin: 'portcullis' as const,
    time: new Date(to * 1000).toISOString(),
    policies: [],
    attack: budget === undefined,
    evidence: fact.type === 'Call' ? { where: 'cloudtrail', id: fact.id } : fact.evidence,
    limit,
    windowSeconds: milliseconds(within) / 1000,
  }
  if (budget === undefined)
    return { ...common, type: 'ThresholdCrossed', threshold: name, key, count: amount }
  const level = limit === limits.at(-1) ? 'hard' : 'soft'
  const tokens = { input: 0, output: 0, total: amount }
  return { ...common, type: 'BudgetBreach', scope: budget, scopeId: key, level, tokens }
}

/** Whom a fact names. An application's claim about the AWS principal is left out: it could accuse others. */
const actorOf = (fact: Fact) => {
  const { user, tenant, session, agent, model, requestId } = fact.type === 'Call' ? ({} as Actor) : fact
  const { account, region, principal, origin } = fact
  return definedFields<Actor>({
    user,
    tenant,
    session,
    agent,
    model,
    requestId,
    account,
    region,
    principal: origin === 'application' ? undefined : principal,
  })
}

type Actor = Pick<
  ThresholdCrossed,
  'user' | 'tenant' | 'session' | 'agent' | 'model' | 'requestId' | 'account' | 'region' | 'principal'
>
