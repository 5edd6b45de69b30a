import type { Duration } from '../engine/rule.ts'
import { durationWords } from '../lib/text/duration-words.ts'
import type { Fact } from './events/fact.ts'
import type { BudgetBreach } from './events/signal.ts'

/** The facts of some types. */
export type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>

/**
 * How much is too much of something within a time: what EventBridge cannot count. A threshold is data; each key has a
 * counter of its own. A counter is a set of samples in slices of time, so repeated, late and unordered facts do not
 * change the result. Facts are evaluated by the second at which they happened, in a sliding window. Reaching a limit
 * puts a `Threshold Crossed` signal on the bus, which EventBridge rules match by `threshold` and `limit`.
 */
export interface Threshold<T extends Fact['type'] = Fact['type']> {
  /** kebab-case; the `threshold` of its signals and part of its counters' partition keys. */
  name: string
  facts: readonly T[]
  /** The counter that a fact belongs to, without blanks. Undefined: not counted. */
  by(fact: FactOf<T>): string | undefined
  measure: Measure<T>
  /** What a limit is a number of, in the plural: `calls`. Steps have none. */
  unit?: string
  within: Duration
  /** Ascending. Each limit is signalled once within the time. */
  limits: readonly number[]
  /** Marks the two limits as a budget, soft and hard, signalled as `Budget Breach` of this scope. */
  budget?: BudgetBreach['scope']
}

/**
 * What is measured. A request counts once, however many sources report it (facts with one `requestId`) and however
 * often, with the highest value that any of them reported.
 */
export type Measure<T extends Fact['type']> =
  /** How many facts. A fact may weigh more than one; zero is not counted. */
  | { count: (fact: FactOf<T>) => number }
  /** How many different values. */
  | { distinct: (fact: FactOf<T>) => string | undefined }
  /** The sum of the values. */
  | { sum: (fact: FactOf<T>) => number }
  /** Whether each step was reached, in one of its ways; the limit is 1. */
  | { steps: readonly ThresholdStep<T>[]; order?: 'any' | 'last comes last' }

/** The ways to reach a step: how many facts each needs, and which. Their names are unique in the threshold. */
export type ThresholdStep<T extends Fact['type']> = Record<
  string,
  { needs: number; when(fact: FactOf<T>): boolean }
>

/** One way to reach a step: this many facts that meet the condition. */
export const times = <F>(needs: number, when: (fact: F) => boolean) => ({ needs, when })

/** A threshold whose facts are typed by their names. */
export const defineThreshold = <const T extends Fact['type']>(it: Threshold<T>): Threshold =>
  it as unknown as Threshold

/** What a rule's sentence is made from. */
export interface LimitFigures {
  limit: number
  /** `10 minutes` */
  within: string
}

/** The thresholds whose signals a rule matches, and the limit that it answers. */
export interface LimitSource {
  /** A threshold without a name takes the rule's. */
  thresholds: readonly (Omit<Threshold, 'name'> & { name?: string })[]
  limit: number
}

export const figuresOf = ({ thresholds: [first], limit }: LimitSource): LimitFigures => ({
  limit,
  within: durationWords(first?.within ?? '0s'),
})

/**
 * For a rule's `when`: the rule owns this threshold and answers its lowest limit. The name is the rule's unless given:
 * stored counters and signals refer to it.
 */
export const threshold = <const T extends Fact['type']>(
  it: Omit<Threshold<T>, 'name' | 'budget'> & { name?: string },
) => crossed({ thresholds: [it as unknown as Threshold], limit: it.limits[0] ?? 0 })

/** For a rule's `when`: a further limit of the threshold that another rule owns. Throws for a limit that it lacks. */
export function limitOf(
  { name, thresholds }: { name: string; thresholds: readonly Threshold[] },
  limit: number,
) {
  if (!thresholds[0]?.limits.includes(limit))
    throw new Error(`The threshold of ${name} has no limit ${limit}`)
  return crossed({ thresholds, limit })
}

/** For a rule's `when`: budgets that were spent, at these levels or at both. */
export const budgetLimit = (budgets: readonly Threshold[], level?: BudgetBreach['level']) =>
  ({
    source: ['portcullis'],
    'detail-type': ['Budget Breach'],
    detail: {
      scope: budgets.flatMap(({ budget = [] }) => budget),
      ...(level !== undefined && { level: [level] }),
    },
    from: { thresholds: budgets, limit: budgets[0]?.limits[level === 'hard' ? 1 : 0] ?? 0 },
  }) as const

/** Its `detail` is completed by `rule`, which knows the name. */
const crossed = (from: LimitSource) =>
  ({ source: ['portcullis'], 'detail-type': ['Threshold Crossed'], detail: {}, from }) as const
