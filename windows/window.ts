import type { Duration } from '../engine/rule.ts'
import type { Fact } from './fact.ts'

/** The facts of some types. */
export type Of<T extends Fact['type']> = Extract<Fact, { type: T }>

/** How much is too much of something within a time. */
export interface Window<T extends Fact['type'] = Fact['type']> {
  /** kebab-case; the file's name, and the `threshold` of the signals that tell of it. */
  name: string
  /** One sentence to who reads the rules: what it counts and why. */
  because: string
  facts: readonly T[]
  /** Whose counter a fact belongs to; of nobody's it counts nothing. */
  by(fact: Of<T>): string | undefined
  measure: Measure<T>
  within: Duration
  /** A signal for each of these that is reached, once within the time; ascending. */
  limits: readonly number[]
}

/**
 * What is measured. All of them are sums over sets: a fact that comes twice, late or out of order changes nothing but
 * once.
 */
export type Measure<T extends Fact['type']> =
  /** How often; a fact may weigh more than one, and less than one it does not count. */
  | { count: (fact: Of<T>) => number }
  /** How many different ones. */
  | { distinct: (fact: Of<T>) => string | undefined }
  /** How much. */
  | { sum: (fact: Of<T>) => number }
  /** Whether each of these was seen, and as often as it needs. */
  | { stages: Record<string, { needs: number; when: (fact: Of<T>) => boolean }> }

/** A window, its facts typed by their names. */
export const window = <const T extends Fact['type']>(it: Window<T>): Window => it as unknown as Window
