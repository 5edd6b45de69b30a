import { milliseconds } from '../../engine/rule.ts'
import type { CounterUpdate } from './batch.ts'
import { type SignalledLimit, signalledSeconds } from './evaluate.ts'

/*
 * Writes that this execution environment can skip: a flood costs the writes of its beginning, not of every batch.
 */

/** The second at which a counter signalled its highest limit. */
const highestSignalled = new Map<string, number>()
/** Steps that are already stored. */
const writtenStages = new Set<string>()
/** Bounds both: beyond it they are cleared. */
const maxRemembered = 10_000

/** Whether an update would change nothing: its highest limit is signalled for this time, or its steps are stored. */
export function isSuppressed(update: CounterUpdate): boolean {
  const second = highestSignalled.get(nameOf(update))
  if (second !== undefined && isNear(update, second)) return true
  return hasSteps(update) && samplesIn(update).every((one) => writtenStages.has(one))
}

/** Remembers what was signalled for a counter, by this execution environment or another. */
export function suppress(update: CounterUpdate, signalled: Iterable<SignalledLimit>): void {
  const [highest] = update.threshold.limits.slice(-1)
  const second = signalledSeconds(signalled, highest ?? 0).find((one) => isNear(update, one))
  if (second === undefined) return
  if (highestSignalled.size >= maxRemembered) highestSignalled.clear()
  highestSignalled.set(nameOf(update), second)
}

/** Remembers what was stored, once everything that follows from it is done. */
export function rememberWritten(update: CounterUpdate): void {
  if (!hasSteps(update)) return
  if (writtenStages.size >= maxRemembered) writtenStages.clear()
  for (const one of samplesIn(update)) writtenStages.add(one)
}

/** For tests: the state of a new execution environment. */
export function forgetSuppressed(): void {
  highestSignalled.clear()
  writtenStages.clear()
}

const nameOf = ({ threshold, key }: CounterUpdate): string => `${threshold.name} ${key}`

const hasSteps = ({ threshold }: CounterUpdate): boolean => 'steps' in threshold.measure

const samplesIn = (update: CounterUpdate): string[] =>
  [...update.slices.values()].flatMap(({ samples }) =>
    Array.from(samples, (sample) => `${nameOf(update)} ${sample}`),
  )

function isNear({ threshold, oldest, newest }: CounterUpdate, second: number): boolean {
  const seconds = milliseconds(threshold.within) / 1000
  return newest - second <= seconds && second - oldest <= seconds
}
