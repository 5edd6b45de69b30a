import type { Rule } from '../../engine/rule.ts'
import { compile } from '../../matching/compile.ts'
import { matches } from '../../matching/matches.ts'
import { detailTypes, type Signal } from '../../rules/events/signal.ts'
import { rules } from '../../rules/index.ts'
import { stackSource } from './source.ts'

/** EventBridge patterns of the signals that are always emitted. */
const always: object[] = [
  { detail: { attack: [true] } },
  { 'detail-type': [detailTypes.BudgetBreach, detailTypes.ThresholdCrossed] },
]

/**
 * Whether one of these rules may match a signal. Most model calls are only counted: emitting them would be a cost
 * without use, so single invocations are emitted only for rules that match them.
 */
export function subscriptionOf(some: readonly Pick<Rule, 'when'>[]): (signal: Signal) => boolean {
  const onInvocations = some
    .map(({ when }) => when as { source: string[]; 'detail-type': string[] })
    .filter((when) => when.source.includes(stackSource))
    .filter((when) => when['detail-type'].includes(detailTypes.ModelInvocationObserved))
  const patterns = [...always, ...onInvocations].map(compile)
  return (signal) => {
    const event = { source: stackSource, 'detail-type': detailTypes[signal.type], detail: signal }
    return patterns.some((pattern) => matches(pattern, event))
  }
}

/** Whether a deployed rule may match a signal. */
export const isSubscribed = subscriptionOf(rules)
