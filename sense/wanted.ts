import { compile } from '../match/compile.ts'
import { matches } from '../match/matches.ts'
import { rules } from '../rules/index.ts'
import { detailTypes, type Signal } from '../signals/signal.ts'
import { source } from './source.ts'

/** EventBridge patterns of the signals that go on the bus, besides the invocations that rules ask for. */
const wanted: object[] = [
  { detail: { attack: [true] } },
  { 'detail-type': [detailTypes.BudgetBreach, detailTypes.ThresholdCrossed] },
]

const asked = rules
  .map(({ when }) => when as { source: string[]; 'detail-type': string[] })
  .filter((when) => when.source.includes(source))
  .filter((when) => when['detail-type'].includes(detailTypes.ModelInvocationObserved))

const patterns = [...wanted, ...asked].map(compile)

/** Whether anybody listens for a signal: calls of models are many, and most are nobody's news. */
export const isWanted = (signal: Signal): boolean => {
  const event = { source, 'detail-type': detailTypes[signal.type], detail: signal }
  return patterns.some((pattern) => matches(pattern, event))
}
