import type { Identifier } from '../engine/identifiers.ts'
import type { Approval, Duration, Mode, Rule, Severity } from '../engine/rule.ts'
import type { Playbooks } from '../playbooks/index.ts'
import type { Events } from './events/index.ts'
import type { Pattern } from './pattern.ts'
import { figuresOf, type LimitFigures, type LimitSource, type Threshold } from './threshold.ts'

type Keys<P extends keyof Playbooks> = Extract<Playbooks[P]['target'][number], Identifier>

/** The identifiers that a playbook's target needs, and no others; account and Region are the event's own unless given. */
type AimOf<P extends keyof Playbooks> = Record<Keys<P>, string> & {
  [K in Exclude<Identifier, Keys<P>>]?: never
} & {
  account?: string
  region?: string
}

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** A threat of docs/threats.md. */
export type ThreatId = `THREAT-${Digit}${Digit}`

/** A rule of the engine, with what is known of it besides: the threats it answers and the thresholds it reads. */
export interface Detection extends Rule {
  threats: readonly ThreatId[]
  thresholds: readonly Threshold[]
}

interface Typed<T extends keyof Events> {
  /** kebab-case; the name of the file and of the EventBridge rule. */
  name: string
  /** At least one. */
  threats: readonly [ThreatId, ...ThreatId[]]
  /** One sentence for responders: what happened. With a threshold, it is made from the limit and the time. */
  because: T extends 'Threshold Crossed' | 'Budget Breach'
    ? string | ((figures: LimitFigures) => string)
    : string
  severity: Severity
  /** ATT&CK, ATLAS and OWASP ids. */
  attack: readonly string[]
  /**
   * The EventBridge pattern. `source` is an AWS service's, or the stack's own for signals on its own bus: no other
   * sender can use either.
   */
  when: {
    source: Pattern<Events[T]['source']>
    'detail-type': readonly [T]
    detail: Pattern<Events[T]['detail']>
    from?: LimitSource
  }
  /** Also match read-only calls: EventBridge leaves them out of CloudTrail events unless a rule asks for them. */
  reads?: true
  /** Who or what the incident is about: the same name in every rule that one attacker triggers. */
  subject: (event: Events[T]) => string
  /** Playbooks to call and their targets; an empty list calls none. */
  then: { [P in keyof Playbooks]?: (event: Events[T]) => AimOf<P> | AimOf<P>[] }
  /** The most it may do automatically; the ceiling of the stage may lower it. */
  mode: Mode
  /** When a containment ends automatically. */
  release: Duration
  /** How approval is asked for, where it differs from `defaultApproval`. */
  ask?: Partial<Approval>
}

/** A rule: when, whom, what, how far, how long. Returns plain data and pure functions of the event. */
export function rule<const T extends keyof Events>(it: Typed<T>): Detection {
  const { because, when, ...rest } = it as unknown as Omit<Detection, 'because' | 'when'> & {
    because: string | ((figures: LimitFigures) => string)
    when: { detail: object; from?: LimitSource }
  }
  const { from, ...pattern } = when
  if (!from) return { ...rest, because: String(because), when: pattern, thresholds: [] }
  const thresholds = from.thresholds.map((one) => (one.name ? one : { ...one, name: it.name }) as Threshold)
  return {
    ...rest,
    because: typeof because === 'function' ? because(figuresOf(from)) : because,
    when: { ...pattern, detail: detailOf(pattern.detail, from.limit, thresholds) },
    thresholds,
  }
}

/** Budgets match by scope and level; the others by name, and by limit where there is more than one. */
function detailOf(detail: object, limit: number, [first]: readonly Threshold[]): object {
  if (!first || first.budget) return detail
  return { ...detail, threshold: [first.name], ...(first.limits.length > 1 && { limit: [limit] }) }
}
