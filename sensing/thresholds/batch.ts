import { milliseconds } from '../../engine/rule.ts'
import type { Fact } from '../../rules/events/fact.ts'
import type { Threshold } from '../../rules/threshold.ts'
import { type CounterSample, counterSamplesOf } from './sample.ts'

/** What a batch of facts adds to one counter. */
export interface CounterUpdate {
  threshold: Threshold
  key: string
  /** By the number of the time slice. */
  slices: Map<number, CounterSlice>
  /** The newest fact, which the signal reports, and the seconds of the newest and the oldest. */
  fact: Fact
  newest: number
  oldest: number
}

export interface CounterSlice {
  samples: Set<CounterSample>
  /** The part of a sum that exceeds `maxSamples`. */
  overflow: number
}

/** Bounds the samples that one slice of a counter keeps. */
export const maxSamples = 1000
/** A sum may need many facts to reach its limit, so its time is divided into this many slices. */
const slicesOfSum = 6

/** The length of one slice, in seconds. */
export const secondsOfSlice = ({ within, measure }: Threshold): number =>
  Math.ceil(milliseconds(within) / 1000 / ('sum' in measure ? slicesOfSum : 1))

/** How many slices before and after a slice may hold samples within the same time as its own. */
export const neighbouringSlices = ({ measure }: Threshold): number => ('sum' in measure ? slicesOfSum : 1)

export const sliceAt = (threshold: Threshold, second: number): number =>
  Math.floor(second / secondsOfSlice(threshold))

/** Pure. Returns one update for each counter, however many facts there are: a flood by one caller is a few writes. */
export function batch(thresholds: readonly Threshold[], facts: Iterable<Fact>, now: number): CounterUpdate[] {
  const updates = new Map<string, CounterUpdate>()
  const byType = Map.groupBy(
    thresholds.flatMap((threshold) => threshold.facts.map((type) => ({ type, threshold }))),
    ({ type }) => type,
  )
  for (const fact of facts) {
    const at = secondOf(fact, now)
    for (const { threshold } of byType.get(fact.type) ?? []) {
      const key = threshold.by(fact)
      const samples = key === undefined ? [] : counterSamplesOf(threshold, fact, at)
      if (key === undefined || samples.length === 0) continue
      const id = `${threshold.name} ${key}`
      const update = updates.get(id) ?? { threshold, key, slices: new Map(), fact, newest: at, oldest: at }
      updates.set(id, update)
      addTo(update, samples, fact, at)
    }
  }
  return [...updates.values()]
}

function addTo(update: CounterUpdate, samples: CounterSample[], fact: Fact, at: number): void {
  const { threshold, slices } = update
  const number = sliceAt(threshold, at)
  const slice = slices.get(number) ?? { samples: new Set(), overflow: 0 }
  slices.set(number, slice)
  for (const sample of samples)
    if (slice.samples.size < maxSamples) slice.samples.add(sample)
    else if ('sum' in threshold.measure && !slice.samples.has(sample))
      slice.overflow += threshold.measure.sum(fact)
  if (at >= update.newest) Object.assign(update, { fact, newest: at })
  update.oldest = Math.min(update.oldest, at)
}

// A fact without a time happened now. Times in the future or before 1970 are not trusted.
function secondOf({ time }: Fact, now: number): number {
  const at = time === undefined ? now : Date.parse(time)
  return Math.max(0, Math.floor(Math.min(Number.isNaN(at) ? now : at, now) / 1000))
}
