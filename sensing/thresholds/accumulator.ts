import type { Fact } from '../../rules/events/fact.ts'
import type { Measure, Threshold, ThresholdStep } from '../../rules/threshold.ts'
import type { ParsedSample } from './sample.ts'

/** The amount within a sliding window, updated sample by sample. */
export interface Accumulator {
  add(sample: ParsedSample): void
  remove(sample: ParsedSample): void
  amount(): number
}

type AnyMeasure = Threshold['measure']
type Amount = Extract<Measure<Fact['type']>, { count: unknown } | { sum: unknown }>
type Steps = Extract<Measure<Fact['type']>, { steps: unknown }>

export const isAmountMeasure = (measure: AnyMeasure): measure is Amount =>
  'count' in measure || 'sum' in measure

export function accumulatorOf(measure: AnyMeasure): Accumulator {
  if (isAmountMeasure(measure)) return summing()
  return 'distinct' in measure ? tallying((tally) => tally.size) : stepping(measure)
}

function summing(): Accumulator {
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

/** Tallies how many samples have each value. */
function tallying(amountOf: (tally: Map<string, number>) => number): Accumulator {
  const tally = new Map<string, number>()
  const change = (by: 1 | -1) => (sample: ParsedSample) => {
    const count = (tally.get(sample.value) ?? 0) + by
    if (count > 0) tally.set(sample.value, count)
    else tally.delete(sample.value)
  }
  return { add: change(1), remove: change(-1), amount: () => amountOf(tally) }
}

function stepping({ steps, order = 'any' }: Steps): Accumulator {
  let [now, lastStep] = [0, -1]
  const all = tallying((tally) => (steps.every((ways) => isReached(ways, tally)) ? 1 : 0))
  return {
    ...all,
    add(sample) {
      now = sample.at
      if (Object.hasOwn(steps.at(-1) ?? {}, sample.value)) lastStep = sample.at
      all.add(sample)
    },
    amount: () => (order === 'any' || lastStep === now ? all.amount() : 0),
  }
}

const isReached = (ways: ThresholdStep<Fact['type']>, tally: Map<string, number>): boolean =>
  Object.entries(ways).some(([way, { needs }]) => (tally.get(way) ?? 0) >= needs)
