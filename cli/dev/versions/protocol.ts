import type { DynamoDBRecord } from 'aws-lambda'
import type { Outcome } from '../../../engine/outcome.ts'
import type { Plan } from '../../../engine/plan.ts'
import type { Event } from '../../../engine/rule.ts'
import type { TargetDecision } from '../../replay/evaluate.ts'

/** A rule that matches an event, with its playbooks. */
export interface MatchedRule {
  name: string
  because: string
  playbooks: string[]
}

/** What one rule would have one playbook do to one target now. */
export interface Planned extends TargetDecision {
  plan?: Pick<Plan, 'hash' | 'changes' | 'caveats' | 'undo'>
}

/** Why a rule does not match an event; `near` if it is for this type of event. */
export interface MissedRule {
  rule: string
  sentence: string
  near: boolean
}

/** The calls to a version of the project: input and answer. */
export interface VersionAsked {
  match: [event: Event, answer: { rules: MatchedRule[]; of: number }]
  /** Live reads, no writes. */
  plan: [event: Event, answer: Planned[]]
  why: [event: Event, answer: MissedRule[]]
  /** A command for a playbook, as its function gets it. */
  send: [to: { playbook: string; command: object }, answer: Outcome[]]
  announce: [records: DynamoDBRecord[], answer: undefined]
}

export type VersionCall = keyof VersionAsked

/** Messages to the process: `load` first, with the environment of a function, then calls. */
export type ToVersion =
  | { load: Record<string, string> }
  | { [N in VersionCall]: { ask: N; id: number; input: VersionAsked[N][0] } }[VersionCall]

/** Messages from the process. */
export type FromVersion =
  | { loaded: true }
  | { broken: BrokenVersion }
  | { id: number; answer: unknown }
  | { id: number; failed: string }

/** Why a version cannot be loaded, or a type error in it. */
export interface BrokenVersion {
  /** `rules/edge/api-flood.ts:12`, or `the project` when it is not known. */
  where: string
  why: string
}
