import type { Duration } from '../engine/rule.ts'
import type { Fact } from './events/fact.ts'
import type { BudgetBreach } from './events/signal.ts'

/** The facts of some types. */
export type Of<T extends Fact['type']> = Extract<Fact, { type: T }>

/**
 * How much is too much of something within a time: what EventBridge cannot count. A window is data; each key it gives
 * has a counter of its own. A counter is a set of what was seen, in slices of the window's time, so that nothing that
 * comes twice, late or out of order changes it, and it is judged by when things happened, at any second and not by
 * the hour of a clock. A limit that is reached becomes a signal on the bus (`Threshold Crossed`), which ordinary rules
 * match by `threshold` and `limit`.
 */
export interface Threshold<T extends Fact['type'] = Fact['type']> {
  /** kebab-case; the file's name, and the `threshold` of the signals that tell of it. */
  name: string
  /** One sentence to who reads the rules: what it counts and why. */
  because: string
  facts: readonly T[]
  /** Whose counter a fact belongs to; of nobody's it counts nothing. No blanks. */
  by(fact: Of<T>): string | undefined
  measure: Measure<T>
  within: Duration
  /** A signal for each of these that is reached, once within the time; ascending. */
  limits: readonly number[]
  /** Its limits are a budget, soft and hard: told as `Budget Breach`, of this scope. */
  budget?: BudgetBreach['scope']
}

/**
 * What is measured. Each is over a set, in which a request stands once, whoever tells of it and however often
 * (facts with one `requestId`): with the most that was said of it.
 */
export type Measure<T extends Fact['type']> =
  /** How often; a fact may weigh more than one, and if nothing it does not count. */
  | { count: (fact: Of<T>) => number }
  /** How many different ones. */
  | { distinct: (fact: Of<T>) => string | undefined }
  /** How much. */
  | { sum: (fact: Of<T>) => number }
  /** Whether each stage was reached, in one of its ways: a limit of one. */
  | { stages: readonly Step<T>[]; order?: 'any' | 'last comes last' }

/** The ways to reach a stage, by names that no other stage of the window has: how often, and by which facts. */
export type Step<T extends Fact['type']> = Record<string, { needs: number; when(fact: Of<T>): boolean }>

/** A window, its facts typed by their names. */
export const threshold = <const T extends Fact['type']>(it: Threshold<T>): Threshold =>
  it as unknown as Threshold
