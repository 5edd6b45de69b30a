import type { Fact } from '../../rules/events/fact.ts'
import type { Measure, Threshold, ThresholdStage } from '../../rules/threshold.ts'
import type { SampleRead } from './sample.ts'

/** What lies within the time at each moment, without adding it all up anew. */
export interface Accumulator {
  add(one: SampleRead): void
  remove(one: SampleRead): void
  amount(): number
}

type Any = Threshold['measure']
type Amount = Extract<Measure<Fact['type']>, { count: unknown } | { sum: unknown }>
type Stages = Extract<Measure<Fact['type']>, { stages: unknown }>

export const isAmount = (measure: Any): measure is Amount => 'count' in measure || 'sum' in measure

export function accumulatorOf(measure: Any): Accumulator {
  if (isAmount(measure)) return adding()
  return 'distinct' in measure ? tallying((times) => times.size) : staging(measure)
}

function adding(): Accumulator {
  let sum = 0
  return {
    add({ value }) {
      sum += Number(value)
    },
    remove({ value }) {
      sum -= Number(value)
    },
    amount: () => sum,
  }
}

/** How often each value is there. */
function tallying(amountOf: (times: Map<string, number>) => number): Accumulator {
  const times = new Map<string, number>()
  const change = (by: 1 | -1) => (one: SampleRead) => {
    const often = (times.get(one.value) ?? 0) + by
    if (often > 0) times.set(one.value, often)
    else times.delete(one.value)
  }
  return { add: change(1), remove: change(-1), amount: () => amountOf(times) }
}

function staging({ stages, order = 'any' }: Stages): Accumulator {
  let [now, lastStage] = [0, -1]
  const all = tallying((times) => (stages.every((ways) => isReached(ways, times)) ? 1 : 0))
  return {
    ...all,
    add(one) {
      now = one.at
      if (Object.hasOwn(stages.at(-1) ?? {}, one.value)) lastStage = one.at
      all.add(one)
    },
    amount: () => (order === 'any' || lastStage === now ? all.amount() : 0),
  }
}

const isReached = (ways: ThresholdStage<Fact['type']>, times: Map<string, number>): boolean =>
  Object.entries(ways).some(([way, { needs }]) => (times.get(way) ?? 0) >= needs)
