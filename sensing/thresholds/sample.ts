import { hash } from 'node:crypto'
import type { Fact } from '../../rules/events/fact.ts'
import type { Threshold, ThresholdStage } from '../../rules/threshold.ts'

/**
 * One fact as a counter keeps it: `<seconds, base 36>.<48 bits of whose id>.<value>`. In a set of these a fact
 * stands once, however often it came.
 */
export type Sample = string

export interface SampleRead {
  /** Seconds since 1970. */
  at: number
  /** Names the request or the fact. */
  id: string
  /** A number of a count or a sum, else the text that is told apart. */
  value: string
}

/** What a window makes of a fact, of one call perhaps several stages; nothing where it does not count. */
export function samplesOf({ measure }: Threshold, fact: Fact, at: number): Sample[] {
  if ('stages' in measure) return stagesOf(measure.stages, fact, at)
  const value = valueIn(measure, fact)
  return value === undefined ? [] : [elementAt(at, idOf(fact), value)]
}

export function readSample(element: Sample): SampleRead {
  const [at = '', id = '', ...value] = element.split('.')
  return { at: Number.parseInt(at, 36), id, value: value.join('.') }
}

const elementAt = (at: number, id: string, value: string): Sample => `${at.toString(36)}.${id}.${value}`

const idOf = (fact: Fact): string =>
  hash('sha256', (fact.type !== 'Call' && fact.requestId) || fact.id, 'base64url').slice(0, 8)

function valueIn(
  measure: Exclude<Threshold['measure'], { stages: unknown }>,
  fact: Fact,
): string | undefined {
  if ('distinct' in measure) return measure.distinct(fact)?.slice(0, 64)
  const amount = 'count' in measure ? measure.count(fact) : measure.sum(fact)
  return amount > 0 ? String(amount) : undefined
}

/** Of stages that are reached by a single fact, facts within so many seconds are one: calls of models are many. */
const coarse = 10

const stagesOf = (stages: readonly ThresholdStage<Fact['type']>[], fact: Fact, at: number): Sample[] =>
  stages.flatMap((ways) =>
    Object.entries(ways).flatMap(([way, { needs, when }]) => {
      if (!when(fact)) return []
      if (needs > 1) return [elementAt(at, idOf(fact), way)]
      const then = Math.ceil(at / coarse) * coarse
      return [elementAt(then, then.toString(36), way)]
    }),
  )
