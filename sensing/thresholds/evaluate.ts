import { milliseconds } from '../../engine/rule.ts'
import type { Threshold } from '../../rules/threshold.ts'
import { accumulatorOf, isAmount } from './accumulator.ts'
import { readSample, type Sample, type SampleRead } from './sample.ts'

/** That a limit was reached: how much it was by then, and between which seconds. */
export interface Crossing {
  limit: number
  amount: number
  from: number
  to: number
}

/** `<limit>.<second>`: that it was told of a limit that it was reached at that moment. */
export type Signalled = string

export const signalledOf = ({ limit, to }: Pick<Crossing, 'limit' | 'to'>): Signalled => `${limit}.${to}`

/** The seconds at which a limit was told of. */
export const momentsOf = (told: Iterable<Signalled>, limit: number): number[] =>
  Array.from(told, (one) => one.split('.').map(Number)).flatMap(([of, at]) =>
    of === limit && at !== undefined ? [at] : [],
  )

/**
 * The limits that are reached within a window's time, by when the facts happened and not by when they came. What was
 * told is not told again until the time has passed: facts that near to it count for nothing more. Pure.
 */
export function evaluate(
  { measure, limits, within }: Threshold,
  elements: Iterable<Sample>,
  told: Iterable<Signalled> = [],
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

const awayFrom = (moment: number, seconds: number, all: SampleRead[]): SampleRead[] =>
  all.filter(({ at }) => Math.abs(at - moment) > seconds)

/** By time; a request of which several sources tell stands where the first has it, with the most that any said. */
function inTime(measure: Threshold['measure'], elements: Iterable<Sample>): SampleRead[] {
  const found = new Map<string, SampleRead>()
  for (const one of Array.from(elements, readSample)) {
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
  measure: Threshold['measure'],
  seconds: number,
  all: SampleRead[],
  limit: number,
): Crossing | undefined {
  const scale = accumulatorOf(measure)
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
