import type { BudgetBreach, ThresholdCrossed } from '../signals/signal.ts'
import { atOnce } from './at-once.ts'
import { crossed } from './crossed.ts'
import { evaluate, toldOf } from './evaluate.ts'
import type { Fact } from './fact.ts'
import { gather, type Share } from './gather.ts'
import { hush, isQuiet, remember } from './quiet.ts'
import { add, tellOnce } from './store.ts'
import type { Window } from './window.ts'

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
  windows: readonly Window[],
  facts: Iterable<Fact>,
  { table, emit, now = Date.now() }: Counting,
): Promise<(ThresholdCrossed | BudgetBreach)[]> {
  const shares = gather(windows, facts, now).filter((share) => !isQuiet(share))
  const reached = await atOnce(mostAtOnce, shares, weigh)
  const signals = reached.flatMap(({ share, crossings }) => crossings.map((one) => crossed(share, one)))
  if (signals.length > 0) await emit(signals)
  for (const { share, crossings } of reached)
    for (const crossing of crossings) await tellOnce(share, crossing, table)
  for (const { share, crossings } of reached) {
    hush(share, crossings.map(toldOf))
    remember(share)
  }
  return signals

  async function weigh(share: Share) {
    const { elements, told } = await add(share, table)
    hush(share, told)
    return { share, crossings: evaluate(share.window, elements, told) }
  }
}
