import { milliseconds } from '../engine/rule.ts'
import { type Element, type Read, read } from './element.ts'
import { isAmount, scaleOf } from './scale.ts'
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

export const toldOf = ({ limit, to }: Pick<Crossing, 'limit' | 'to'>): Told => `${limit}.${to}`

/** The seconds at which a limit was told of. */
export const momentsOf = (told: Iterable<Told>, limit: number): number[] =>
  Array.from(told, (one) => one.split('.').map(Number)).flatMap(([of, at]) =>
    of === limit && at !== undefined ? [at] : [],
  )

/**
 * The limits that are reached within a window's time, by when the facts happened and not by when they came. What was
 * told is not told again until the time has passed: facts that near to it count for nothing more. Pure.
 */
export function evaluate(
  { measure, limits, within }: Window,
  elements: Iterable<Element>,
  told: Iterable<Told> = [],
): Crossing[] {
  const all = inTime(measure, elements)
  const seconds = milliseconds(within) / 1000
  const said = [...told]
  return limits.flatMap((limit) => {
    const crossings: Crossing[] = []
    let left = momentsOf(said, limit).reduce((some, moment) => awayFrom(moment, seconds, some), all)
    for (;;) {
      const crossing = reached(measure, seconds, left, limit)
      if (!crossing) return crossings
      crossings.push(crossing)
      left = awayFrom(crossing.to, seconds, left)
    }
  })
}

const awayFrom = (moment: number, seconds: number, all: Read[]): Read[] =>
  all.filter(({ at }) => Math.abs(at - moment) > seconds)

/** By time; a request of which several sources tell stands where the first has it, with the most that any said. */
function inTime(measure: Window['measure'], elements: Iterable<Element>): Read[] {
  const found = new Map<string, Read>()
  for (const one of Array.from(elements, read)) {
    const key = isAmount(measure) ? one.id : `${one.id}.${one.value}`
    const same = found.get(key)
    if (!same) found.set(key, one)
    else {
      same.at = Math.min(same.at, one.at)
      if (isAmount(measure) && Number(one.value) > Number(same.value)) same.value = one.value
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at)
}

function reached(
  measure: Window['measure'],
  seconds: number,
  all: Read[],
  limit: number,
): Crossing | undefined {
  const scale = scaleOf(measure)
  let first = 0
  for (const [index, one] of all.entries()) {
    scale.add(one)
    for (let oldest = all[first]; oldest && one.at - oldest.at > seconds; oldest = all[++first])
      scale.remove(oldest)
    // What happened in one second has no order: it is weighed together.
    if (all[index + 1]?.at === one.at) continue
    const amount = scale.amount()
    if (amount >= limit) return { limit, amount, from: all[first]?.at ?? one.at, to: one.at }
  }
  return undefined
}
