import { milliseconds } from '../../engine/rule.ts'
import type { Fact } from '../../rules/events/fact.ts'
import type { Threshold } from '../../rules/threshold.ts'
import { type Sample, samplesOf } from './sample.ts'

/** What a batch adds to one counter. */
export interface Share {
  window: Threshold
  key: string
  /** By the number of their slice of time. */
  slices: Map<number, Slice>
  /** The newest fact, which a signal will tell of, and its second. */
  fact: Fact
  newest: number
  oldest: number
}

export interface Slice {
  elements: Set<Sample>
  /** Of a sum, what went beyond the elements that a slice has room for. */
  more: number
}

/** As many facts as one slice of one counter keeps apart. */
export const maxSamples = 1000
/** A sum may take many facts to reach its limit: its time is cut into so many slices. */
const slicesOfSum = 6

/** Seconds of one slice of a window's time. */
export const secondsOfSlice = ({ within, measure }: Threshold): number =>
  Math.ceil(milliseconds(within) / 1000 / ('sum' in measure ? slicesOfSum : 1))

/** How many slices on either side of one hold what may lie in the same time as its facts. */
export const neighbours = ({ measure }: Threshold): number => ('sum' in measure ? slicesOfSum : 1)

export const sliceAt = (window: Threshold, second: number): number =>
  Math.floor(second / secondsOfSlice(window))

/**
 * What a batch of facts adds, one share for each counter however many facts there are: a flood of one caller is a few
 * writes. Pure.
 */
export function batch(windows: readonly Threshold[], facts: Iterable<Fact>, now: number): Share[] {
  const shares = new Map<string, Share>()
  const counting = Map.groupBy(
    windows.flatMap((window) => window.facts.map((type) => ({ type, window }))),
    ({ type }) => type,
  )
  for (const fact of facts) {
    const at = secondOf(fact, now)
    for (const { window } of counting.get(fact.type) ?? []) {
      const key = window.by(fact)
      const elements = key === undefined ? [] : samplesOf(window, fact, at)
      if (key === undefined || elements.length === 0) continue
      const id = `${window.name} ${key}`
      const share = shares.get(id) ?? { window, key, slices: new Map(), fact, newest: at, oldest: at }
      shares.set(id, share)
      add(share, elements, fact, at)
    }
  }
  return [...shares.values()]
}

function add(share: Share, elements: Sample[], fact: Fact, at: number): void {
  const { window, slices } = share
  const number = sliceAt(window, at)
  const slice = slices.get(number) ?? { elements: new Set(), more: 0 }
  slices.set(number, slice)
  for (const element of elements)
    if (slice.elements.size < maxSamples) slice.elements.add(element)
    else if ('sum' in window.measure && !slice.elements.has(element)) slice.more += window.measure.sum(fact)
  if (at >= share.newest) Object.assign(share, { fact, newest: at })
  share.oldest = Math.min(share.oldest, at)
}

// What does not say when it happened, happened now; nothing happens later than now, or before 1970, whatever it says.
function secondOf({ time }: Fact, now: number): number {
  const at = time === undefined ? now : Date.parse(time)
  return Math.max(0, Math.floor(Math.min(Number.isNaN(at) ? now : at, now) / 1000))
}
