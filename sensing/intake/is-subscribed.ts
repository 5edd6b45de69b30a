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

/** The patterns of rules that match single invocations. */
const ofRules = rules
  .map(({ when }) => when as { source: string[]; 'detail-type': string[] })
  .filter((when) => when.source.includes(stackSource))
  .filter((when) => when['detail-type'].includes(detailTypes.ModelInvocationObserved))

const patterns = [...always, ...ofRules].map(compile)

/** Whether a rule may match a signal. Most model calls are only counted: emitting them would be a cost without use. */
export const isSubscribed = (signal: Signal): boolean => {
  const event = { source: stackSource, 'detail-type': detailTypes[signal.type], detail: signal }
  return patterns.some((pattern) => matches(pattern, event))
}
