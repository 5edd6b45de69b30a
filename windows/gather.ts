import { milliseconds } from '../engine/rule.ts'
import { type Element, elementOf } from './element.ts'
import type { Fact } from './fact.ts'
import type { Window } from './window.ts'

/** What a batch adds to one counter in one slice of time. */
export interface Share {
  window: Window
  key: string
  slice: number
  elements: Set<Element>
  /** Of a sum, what went beyond the elements that a slice has room for. */
  more: number
  /** The newest fact, which a signal will tell of, and its second. */
  fact: Fact
  newest: number
}

/** As many facts as one slice of one counter keeps apart. */
export const mostElements = 1000
/** A sum may take many facts to reach its limit: its time is cut into so many slices. */
const slicesOfSum = 6

/** Seconds of one slice of a window's time. */
export const sliceOf = ({ within, measure }: Window): number =>
  Math.ceil(milliseconds(within) / 1000 / ('sum' in measure ? slicesOfSum : 1))

/** How many slices around one hold what may lie in the same time as its facts. */
export const neighbours = ({ measure }: Window): number => ('sum' in measure ? slicesOfSum : 1)

/**
 * What a batch of facts adds, one share for each counter and slice however many facts there are: a flood of one
 * caller is a few writes. Pure.
 */
export function gather(windows: readonly Window[], facts: Iterable<Fact>, now: number): Share[] {
  const shares = new Map<string, Share>()
  const counting = Map.groupBy(
    windows.flatMap((window) => window.facts.map((type) => ({ type, window }))),
    ({ type }) => type,
  )
  for (const fact of facts) {
    const at = secondsOf(fact, now)
    for (const { window } of counting.get(fact.type) ?? []) {
      const key = window.by(fact)
      const element = key === undefined ? undefined : elementOf(window, fact, at)
      if (key === undefined || element === undefined) continue
      const slice = Math.floor(at / sliceOf(window))
      const id = `${window.name}\0${key}\0${slice}`
      const share = shares.get(id) ?? { window, key, slice, elements: new Set(), more: 0, fact, newest: at }
      if (share.elements.size < mostElements) share.elements.add(element)
      else if ('sum' in window.measure && !share.elements.has(element)) share.more += window.measure.sum(fact)
      if (at >= share.newest) Object.assign(share, { fact, newest: at })
      shares.set(id, share)
    }
  }
  return [...shares.values()]
}

// What does not say when it happened, happened now; nothing happens later than now, whatever it says.
function secondsOf({ time }: Fact, now: number): number {
  const at = time === undefined ? now : Date.parse(time)
  return Math.floor(Math.min(Number.isNaN(at) ? now : at, now) / 1000)
}
