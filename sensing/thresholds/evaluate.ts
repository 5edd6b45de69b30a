import { milliseconds } from '../../engine/rule.ts'
import type { Threshold } from '../../rules/threshold.ts'
import { accumulatorOf, isAmountMeasure } from './accumulator.ts'
import { type CounterSample, type ParsedSample, parseSample } from './sample.ts'

/** A limit that was reached: the amount, and the seconds of the first and the last sample. */
export interface LimitCrossing {
  limit: number
  amount: number
  from: number
  to: number
}

/** `<limit>.<second>`: limit already signalled at this second. */
export type SignalledLimit = string

export const signalledLimitOf = ({ limit, to }: Pick<LimitCrossing, 'limit' | 'to'>): SignalledLimit =>
  `${limit}.${to}`

/** The seconds at which a limit was signalled. */
export const signalledSeconds = (signalled: Iterable<SignalledLimit>, limit: number): number[] =>
  Array.from(signalled, (one) => one.split('.').map(Number)).flatMap(([of, at]) =>
    of === limit && at !== undefined ? [at] : [],
  )

/**
 * Pure. The limits that are reached within the threshold's time, by when facts happened, not by when they arrived. A
 * limit is not signalled again until the time has passed: samples that near to the signal are left out.
 */
export function evaluateThreshold(
  { measure, limits, within }: Threshold,
  samples: Iterable<CounterSample>,
  signalled: Iterable<SignalledLimit> = [],
): LimitCrossing[] {
  const all = byTime(measure, samples)
  const seconds = milliseconds(within) / 1000
  const earlier = [...signalled]
  return limits.flatMap((limit) => {
    const crossings: LimitCrossing[] = []
    let left = signalledSeconds(earlier, limit).reduce((some, at) => awayFrom(at, seconds, some), all)
    for (;;) {
      const crossing = firstCrossing(measure, seconds, left, limit)
      if (!crossing) return crossings
      crossings.push(crossing)
      left = awayFrom(crossing.to, seconds, left)
    }
  })
}

const awayFrom = (second: number, seconds: number, all: ParsedSample[]): ParsedSample[] =>
  all.filter(({ at }) => Math.abs(at - second) > seconds)

/** Sorted by time. A request that several sources report has the earliest time and the highest amount. */
function byTime(measure: Threshold['measure'], samples: Iterable<CounterSample>): ParsedSample[] {
  const found = new Map<string, ParsedSample>()
  for (const one of Array.from(samples, parseSample)) {
    const key = isAmountMeasure(measure) ? one.id : `${one.id}.${one.value}`
    const same = found.get(key)
    if (!same) found.set(key, one)
    else {
      same.at = Math.min(same.at, one.at)
      if (isAmountMeasure(measure) && Number(one.value) > Number(same.value)) same.value = one.value
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at)
}

function firstCrossing(
  measure: Threshold['measure'],
  seconds: number,
  all: ParsedSample[],
  limit: number,
): LimitCrossing | undefined {
  const accumulator = accumulatorOf(measure)
  let first = 0
  for (const [index, one] of all.entries()) {
    accumulator.add(one)
    for (let oldest = all[first]; oldest && one.at - oldest.at > seconds; oldest = all[++first])
      accumulator.remove(oldest)
    // Samples of one second have no order: they are evaluated together.
    if (all[index + 1]?.at === one.at) continue
    const amount = accumulator.amount()
    if (amount >= limit) return { limit, amount, from: all[first]?.at ?? one.at, to: one.at }
  }
  return undefined
}
