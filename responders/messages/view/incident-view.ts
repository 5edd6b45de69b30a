import type { Verb } from '../../../engine/journal/record.ts'
import type { Severity } from '../../../engine/rule.ts'

/** The state of an incident in one word, the same on every surface. */
export const incidentStates = [
  'approval-needed',
  'containing',
  'contained',
  'undone',
  'ended',
  'denied',
  'expired',
  'partial',
  'failed',
  'drifted',
  'observed',
] as const
export type IncidentState = (typeof incidentStates)[number]

/** One line of a plan: `+` is added, `-` removed, `~` changed, `!` cannot be undone. `done`: whether it was carried out. */
export interface PlanLine {
  sign: '+' | '-' | '~' | '!'
  text: string
  done?: boolean
}

/** One containment of the incident: what it changes, would change, or has changed. */
export interface IncidentPart {
  containment: string
  playbook: string
  /** "Cut an EC2 instance off the network: i-0abc" */
  title: string
  state: IncidentState
  /** The first seven digits of the plan's hash. */
  plan: string
  lines: PlanLine[]
  /** How many lines are left out. */
  more: number
  caveats: string[]
  /** The reason for the state: the failure, a person's reason, or what others changed. */
  why?: string
}

/** Something a responder can do now. */
export interface ResponderAction {
  verb: Verb
  containment: string
  /** The full hash of the plan that an approval is for. */
  plan: string
  label: string
  /** The text of the confirmation. */
  confirm: string
}

/**
 * What people see of an incident, independent of the surface: the source of Slack blocks, mail and text. Every text in
 * it is already sanitized and bounded.
 */
export interface IncidentView {
  incident: string
  state: IncidentState
  severity: Severity
  /** One sentence: state, target, account. At most 150 characters. */
  header: string
  /** What to do now, and until when. */
  next: string
  /** Complete on its own, for a notification or a screen reader. */
  text: string
  /** What happened, in one to three sentences. */
  what: string
  /** Label and value: severity, account and Region, subject, rule. */
  facts: [string, string][]
  parts: IncidentPart[]
  /** Who decided and when, deadlines, further events. */
  notes: string[]
  actions: ResponderAction[]
  /** Whether a group is mentioned: only when a person must act. */
  mention: boolean
  /** The command for the first action, for when Slack and mail are unavailable. */
  command?: string
  /** ISO time of the approval deadline. */
  decideBy?: string
}
