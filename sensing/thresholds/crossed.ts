import { milliseconds } from '../../engine/rule.ts'
import { digest } from '../../lib/canonical.ts'
import type { Fact } from '../../rules/events/fact.ts'
import type { BudgetBreach, ThresholdCrossed } from '../../rules/events/signal.ts'
import { definedFields } from '../signals/fields.ts'
import type { Share } from './batch.ts'
import type { Crossing } from './evaluate.ts'

/** What is told of a counter that reached a limit: how much it was, and whom its newest fact names. Pure. */
export function crossingSignal(
  { window, key, fact }: Share,
  crossing: Crossing,
): ThresholdCrossed | BudgetBreach {
  const { limit, amount, to } = crossing
  const common = {
    ...namedBy(fact),
    schema: '1' as const,
    id: digest('threshold', window.name, key, String(limit), String(to)).slice(0, 32),
    origin: 'portcullis' as const,
    time: new Date(to * 1000).toISOString(),
    policies: [],
    attack: window.budget === undefined,
    evidence: fact.type === 'Call' ? { where: 'cloudtrail', id: fact.id } : fact.evidence,
    limit,
    windowSeconds: milliseconds(window.within) / 1000,
  }
  if (window.budget === undefined)
    return { ...common, type: 'ThresholdCrossed', threshold: window.name, key, count: amount }
  const level = limit === window.limits.at(-1) ? 'hard' : 'soft'
  const tokens = { input: 0, output: 0, total: amount }
  return { ...common, type: 'BudgetBreach', scope: window.budget, scopeId: key, level, tokens }
}

/** Whom a fact names. Who called AWS only AWS may say: what an application claims would let it accuse others. */
const namedBy = (fact: Fact) => {
  const { user, tenant, session, agent, model, requestId } = fact.type === 'Call' ? ({} as Whose) : fact
  const { account, region, principal, origin } = fact
  const caller = origin === 'application' ? undefined : principal
  return definedFields<Whose>({
    user,
    tenant,
    session,
    agent,
    model,
    requestId,
    account,
    region,
    principal: caller,
  })
}

type Whose = Pick<
  ThresholdCrossed,
  'user' | 'tenant' | 'session' | 'agent' | 'model' | 'requestId' | 'account' | 'region' | 'principal'
>
