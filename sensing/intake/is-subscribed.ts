import { compile } from '../../matching/compile.ts'
import { matches } from '../../matching/matches.ts'
import { detailTypes, type Signal } from '../../rules/events/signal.ts'
import { rules } from '../../rules/index.ts'
import { stackSource } from './source.ts'

/** EventBridge patterns of the signals that go on the bus, besides the invocations that rules ask for. */
const wanted: object[] = [
  { detail: { attack: [true] } },
  { 'detail-type': [detailTypes.BudgetBreach, detailTypes.ThresholdCrossed] },
]

const asked = rules
  .map(({ when }) => when as { source: string[]; 'detail-type': string[] })
  .filter((when) => when.source.includes(stackSource))
  .filter((when) => when['detail-type'].includes(detailTypes.ModelInvocationObserved))

const patterns = [...wanted, ...asked].map(compile)

/** Whether anybody listens for a signal: calls of models are many, and most are nobody's news. */
export const isSubscribed = (signal: Signal): boolean => {
  const event = { stackSource, 'detail-type': detailTypes[signal.type], detail: signal }
  return patterns.some((pattern) => matches(pattern, event))
}
