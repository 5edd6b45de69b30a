import type { Identifier } from '../engine/identifiers.ts'
import type { Approval, Duration, Mode, Rule, Severity } from '../engine/rule.ts'
import type { Playbooks } from '../playbooks/index.ts'
import type { Events } from './events/index.ts'
import type { Pattern } from './pattern.ts'

type Keys<P extends keyof Playbooks> = Extract<Playbooks[P]['target'][number], Identifier>

/** The identifiers a playbook's target needs, and no others; account and Region are the event's own unless given. */
type AimOf<P extends keyof Playbooks> = Record<Keys<P>, string> & {
  [K in Exclude<Identifier, Keys<P>>]?: never
} & {
  account?: string
  region?: string
}

interface Typed<T extends keyof Events> {
  /** kebab-case; the file's name and the EventBridge rule's. */
  name: string
  /** One sentence to the responder: what happened. */
  because: string
  severity: Severity
  /** ATT&CK, ATLAS and OWASP ids. */
  attack: readonly string[]
  /**
   * The EventBridge pattern. `source` is always AWS's, or of signals the stack's own on its own bus: nobody else can
   * send as those.
   */
  when: {
    source: Pattern<Events[T]['source']>
    'detail-type': readonly [T]
    detail: Pattern<Events[T]['detail']>
  }
  /** Calls that only read are wanted too: EventBridge leaves them out of what CloudTrail tells unless a rule asks. */
  reads?: true
  /** Who or what the incident is about: the same name from every rule that one attacker trips. */
  subject: (event: Events[T]) => string
  /** Playbooks to call and their targets; an empty list is "not this time". */
  then: { [P in keyof Playbooks]?: (event: Events[T]) => AimOf<P> | AimOf<P>[] }
  /** The most it may do by itself; the stage's ceiling may lower it. */
  mode: Mode
  /** When a containment ends by itself. */
  release: Duration
  /** How people are asked, where it is not as usual: an hour, one of them, never whom it is about, silence is no. */
  ask?: Partial<Approval>
}

/** A rule: when, whom, what, how far, how long. Pure data and pure functions of the event. */
export const rule = <const T extends keyof Events>(it: Typed<T>): Rule => it as unknown as Rule
