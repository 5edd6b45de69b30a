import { mapLimit } from '../../lib/map-limit.ts'
import type { Fact } from '../../rules/events/fact.ts'
import type { BudgetBreach, ThresholdCrossed } from '../../rules/events/signal.ts'
import type { Threshold } from '../../rules/threshold.ts'
import { batch, type Share } from './batch.ts'
import { crossingSignal } from './crossed.ts'
import { evaluate, signalledOf } from './evaluate.ts'
import { add, tellOnce } from './store.ts'
import { isSuppressed, rememberWritten, suppress } from './suppression.ts'

export interface Counting {
  /** The journal's table. */
  table: string
  /** Sends signals on their way; throws when any may be lost. */
  emit(signals: (ThresholdCrossed | BudgetBreach)[]): Promise<unknown>
  /** Milliseconds since 1970; nothing happens later. */
  now?: number
}

/** How many counters are at work at once. */
const mostAtOnce = 25

/**
 * Counts a batch of facts, and emits a signal for each limit that is reached: told first and written down then, so
 * that none is lost; one that is told twice has the same id. Gives what it emitted.
 */
export async function count(
  windows: readonly Threshold[],
  facts: Iterable<Fact>,
  { table, emit, now = Date.now() }: Counting,
): Promise<(ThresholdCrossed | BudgetBreach)[]> {
  const shares = batch(windows, facts, now).filter((share) => !isSuppressed(share))
  const reached = await mapLimit(mostAtOnce, shares, weigh)
  const signals = reached.flatMap(({ share, crossings }) =>
    crossings.map((one) => crossingSignal(share, one)),
  )
  if (signals.length > 0) await emit(signals)
  for (const { share, crossings } of reached)
    for (const crossing of crossings) await tellOnce(share, crossing, table)
  for (const { share, crossings } of reached) {
    suppress(share, crossings.map(signalledOf))
    rememberWritten(share)
  }
  return signals

  async function weigh(share: Share) {
    const { elements, told } = await add(share, table)
    suppress(share, told)
    return { share, crossings: evaluate(share.window, elements, told) }
  }
}
