import { mapLimit } from '../../lib/map-limit.ts'
import type { Fact } from '../../rules/events/fact.ts'
import type { BudgetBreach, ThresholdCrossed } from '../../rules/events/signal.ts'
import type { Threshold } from '../../rules/threshold.ts'
import { batch, type CounterUpdate } from './batch.ts'
import { crossingSignal } from './crossed.ts'
import { evaluateThreshold, signalledLimitOf } from './evaluate.ts'
import { addSamples, recordSignalled } from './store.ts'
import { isSuppressed, rememberWritten, suppress } from './suppression.ts'

export interface CountOptions {
  /** The journal's table. */
  table: string
  /** Sends signals. Throws when any of them may be lost. */
  emit(signals: (ThresholdCrossed | BudgetBreach)[]): Promise<unknown>
  /** Milliseconds since 1970: facts cannot be later. */
  now?: number
}

/** Bounds the counters that are updated concurrently. */
const maxConcurrent = 25

/**
 * Counts a batch of facts and emits a signal for each limit that is reached. A signal is emitted before it is recorded
 * as signalled, so that none is lost; one that is emitted twice has the same id. Returns the signals.
 */
export async function countFacts(
  thresholds: readonly Threshold[],
  facts: Iterable<Fact>,
  { table, emit, now = Date.now() }: CountOptions,
): Promise<(ThresholdCrossed | BudgetBreach)[]> {
  const updates = batch(thresholds, facts, now).filter((update) => !isSuppressed(update))
  const counted = await mapLimit(maxConcurrent, updates, countOne)
  const signals = counted.flatMap(({ update, crossings }) =>
    crossings.map((one) => crossingSignal(update, one)),
  )
  if (signals.length > 0) await emit(signals)
  for (const { update, crossings } of counted)
    for (const crossing of crossings) await recordSignalled(update, crossing, table)
  for (const { update, crossings } of counted) {
    suppress(update, crossings.map(signalledLimitOf))
    rememberWritten(update)
  }
  return signals

  async function countOne(update: CounterUpdate) {
    const { samples, signalled } = await addSamples(update, table)
    suppress(update, signalled)
    return { update, crossings: evaluateThreshold(update.threshold, samples, signalled) }
  }
}
