import { milliseconds } from '../engine/rule.ts'
import { type Element, type Read, read } from './element.ts'
import type { Window } from './window.ts'

/** That a limit was reached: how much it was by then, and between which seconds. */
export interface Crossing {
  limit: number
  amount: number
  from: number
  to: number
}

/** `<limit>.<second>`: that it was told of a limit that it was reached at that moment. */
export type Told = string

export const toldOf = ({ limit, to }: Crossing): Told => `${limit}.${to}`

/**
 * The limits that are reached within a window's time, by when the facts happened and not by when they came. What was
 * told is not told again until the time has passed: facts that near to it count for nothing more. `more` is what a sum had no room to keep apart. Pure.
 */
export function evaluate(
  window: Window,
  elements: Iterable<Element>,
  told: Iterable<Told> = [],
  more = 0,
): Crossing[] {
  const all = Array.from(elements, read).sort((a, b) => a.at - b.at)
  const within = milliseconds(window.within) / 1000
  const said = Array.from(told, (one) => one.split('.').map(Number))
  return window.limits.flatMap((limit) => {
    const moments = said.flatMap(([of, at]) => (of === limit && at !== undefined ? [at] : []))
    const fresh = all.filter(({ at }) => moments.every((moment) => Math.abs(at - moment) > within))
    const crossing = reached({ measure: window.measure, within, more }, fresh, limit)
    return crossing ? [crossing] : []
  })
}

function reached(
  { measure, within, more }: { measure: Window['measure']; within: number; more: number },
  all: Read[],
  limit: number,
): Crossing | undefined {
  const scale = scaleOf(measure, more)
  let first = 0
  for (const one of all) {
    scale.add(one)
    for (let oldest = all[first]; oldest && one.at - oldest.at > within; oldest = all[++first])
      scale.remove(oldest)
    const amount = scale.amount()
    if (amount >= limit) return { limit, amount, from: all[first]?.at ?? one.at, to: one.at }
  }
  return undefined
}

interface Scale {
  add(one: Read): void
  remove(one: Read): void
  amount(): number
}

/** What lies within the time at each moment, without adding it all up anew. */
function scaleOf(measure: Window['measure'], more: number): Scale {
  let sum = more
  const times = new Map<string, number>()
  const change = (by: 1 | -1) => (one: Read) => {
    if ('count' in measure || 'sum' in measure) sum += by * Number(one.value)
    else {
      const often = (times.get(one.value) ?? 0) + by
      if (often > 0) times.set(one.value, often)
      else times.delete(one.value)
    }
  }
  return {
    add: change(1),
    remove: change(-1),
    amount() {
      if ('distinct' in measure) return times.size
      if (!('stages' in measure)) return sum
      const stages = Object.entries(measure.stages)
      return stages.every(([stage, { needs }]) => (times.get(stage) ?? 0) >= needs) ? 1 : 0
    },
  }
}
