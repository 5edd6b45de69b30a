import { hash } from 'node:crypto'
import type { Fact } from '../../rules/events/fact.ts'
import type { Threshold, ThresholdStep } from '../../rules/threshold.ts'

/**
 * One fact as a counter stores it: `<seconds, base 36>.<48 bits of the digest of its id>.<value>`. In a set of samples
 * a fact is counted once, however often it is delivered.
 */
export type CounterSample = string

export interface ParsedSample {
  /** Seconds since 1970. */
  at: number
  /** Identifies the request or the fact. */
  id: string
  /** The number of a count or a sum, else the distinct text. */
  value: string
}

/** The samples of a fact; none if it is not counted, several if it reaches several steps. */
export function counterSamplesOf({ measure }: Threshold, fact: Fact, at: number): CounterSample[] {
  if ('steps' in measure) return stepSamplesOf(measure.steps, fact, at)
  const value = sampleValueOf(measure, fact)
  return value === undefined ? [] : [sampleOf(at, idOf(fact), value)]
}

export function parseSample(sample: CounterSample): ParsedSample {
  const [at = '', id = '', ...value] = sample.split('.')
  return { at: Number.parseInt(at, 36), id, value: value.join('.') }
}

const sampleOf = (at: number, id: string, value: string): CounterSample => `${at.toString(36)}.${id}.${value}`

const idOf = (fact: Fact): string =>
  hash('sha256', (fact.type !== 'Call' && fact.requestId) || fact.id, 'base64url').slice(0, 8)

/** Bounds the distinct texts that are stored, in characters. */
const maxValueLength = 64

function sampleValueOf(
  measure: Exclude<Threshold['measure'], { steps: unknown }>,
  fact: Fact,
): string | undefined {
  if ('distinct' in measure) return measure.distinct(fact)?.slice(0, maxValueLength)
  const amount = 'count' in measure ? measure.count(fact) : measure.sum(fact)
  return amount > 0 ? String(amount) : undefined
}

/** A step that a single fact reaches is stored once in this many seconds, since model calls are frequent. */
const stepSeconds = 10

const stepSamplesOf = (
  steps: readonly ThresholdStep<Fact['type']>[],
  fact: Fact,
  at: number,
): CounterSample[] =>
  steps.flatMap((ways) =>
    Object.entries(ways).flatMap(([way, { needs, when }]) => {
      if (!when(fact)) return []
      if (needs > 1) return [sampleOf(at, idOf(fact), way)]
      const rounded = Math.ceil(at / stepSeconds) * stepSeconds
      return [sampleOf(rounded, rounded.toString(36), way)]
    }),
  )
