import type { Fact } from './fact.ts'
import type { Window } from './window.ts'

/**
 * One fact as a counter keeps it: `<seconds, base 36>.<ten digits of its id>.<value>`. In a set of these a fact
 * stands once, however often it came.
 */
export type Element = string

export interface Read {
  /** Seconds since 1970. */
  at: number
  /** A number of a count or a sum, else the text that is told apart. */
  value: string
}

/** What a window makes of a fact; nothing where it does not count. */
export function elementOf({ measure }: Window, fact: Fact, at: number): Element | undefined {
  const value = valueIn(measure, fact)
  return value === undefined ? undefined : `${at.toString(36)}.${fact.id.slice(0, 10)}.${value}`
}

export function read(element: Element): Read {
  const [at = '', , ...value] = element.split('.')
  return { at: Number.parseInt(at, 36), value: value.join('.') }
}

function valueIn(measure: Window['measure'], fact: Fact): string | undefined {
  if ('count' in measure) return amount(measure.count(fact))
  if ('sum' in measure) return amount(measure.sum(fact))
  if ('distinct' in measure) return measure.distinct(fact)?.slice(0, 64)
  return Object.entries(measure.stages).find(([, { when }]) => when(fact))?.[0]
}

const amount = (value: number): string | undefined => (value > 0 ? String(value) : undefined)
