import type { DynamoDBRecord } from 'aws-lambda'
import type { Outcome } from '../../engine/outcome.ts'
import type { Plan } from '../../engine/plan.ts'
import type { Event } from '../../engine/rule.ts'
import type { Judged } from '../replay/decide.ts'

/** A rule that matches an event, with the playbooks it calls. */
export interface MatchedRule {
  name: string
  because: string
  playbooks: string[]
}

/** What one rule would have one playbook do to one target, as the account is now. */
export interface Planned extends Judged {
  plan?: Pick<Plan, 'hash' | 'changes' | 'caveats' | 'undo'>
}

/** Why a rule does not match an event; `near` where it is about this kind of event. */
export interface Missed {
  rule: string
  sentence: string
  near: boolean
}

/** Everything that a version of the project can be asked for: what goes in, and what comes back. */
export interface VersionAsked {
  match: [event: Event, answer: { rules: MatchedRule[]; of: number }]
  /** Live reads, no writes. */
  plan: [event: Event, answer: Planned[]]
  why: [event: Event, answer: Missed[]]
  /** A playbook's one door. */
  send: [to: { playbook: string; command: object }, answer: Outcome[]]
  announce: [records: DynamoDBRecord[], answer: undefined]
}

export type Name = keyof VersionAsked

/** To the process: `load` first, with the environment of a function; then what is asked. */
export type ToVersion =
  | { load: Record<string, string> }
  | { [N in Name]: { ask: N; id: number; input: VersionAsked[N][0] } }[Name]

/** From the process. It is warm before it is told what to load. */
export type FromVersion =
  | { loaded: true }
  | { broken: BrokenVersion }
  | { id: number; answer: unknown }
  | { id: number; failed: string }

/** Why a version cannot be loaded, or what its types say against it. */
export interface BrokenVersion {
  /** `rules/edge/api-flood.ts:12`; of the project where it is known. */
  where: string
  why: string
}
