import type { Verb } from '../../../engine/journal/record.ts'
import type { Severity } from '../../../engine/rule.ts'

/** What an incident is, in one word; the same on every surface. */
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

/** One line of a plan: `+` appears, `-` disappears, `~` differs, `!` cannot be undone; what became of it. */
export interface PlanLine {
  sign: '+' | '-' | '~' | '!'
  text: string
  done?: boolean
}

/** What one containment of the incident changes, would change, or has changed. */
export interface IncidentPart {
  containment: string
  playbook: string
  /** "Cut an EC2 instance off the network: i-0abc" */
  title: string
  state: IncidentState
  /** Seven digits of the plan's hash. */
  plan: string
  lines: PlanLine[]
  /** Lines left out. */
  more: number
  caveats: string[]
  /** Why it is so: the failure, the reason given, what others changed. */
  why?: string
}

/** Something a responder may do now. */
export interface ResponderAction {
  verb: Verb
  containment: string
  /** The whole hash of the plan it consents to. */
  plan: string
  label: string
  /** What the confirmation says. */
  confirm: string
}

/**
 * What people are shown of an incident, before it is known where: the one source of Slack blocks, mail, and text.
 * Every text in it is inert and bounded already.
 */
export interface IncidentView {
  incident: string
  state: IncidentState
  severity: Severity
  /** A whole sentence: state, who, where. At most 150 characters. */
  header: string
  /** What is to be done now, and until when. */
  next: string
  /** Stands alone, as a notification or a screen reader gives it. */
  text: string
  /** What happened, in one to three sentences. */
  what: string
  /** Label and value: severity, account and Region, who, rule. */
  facts: [string, string][]
  parts: IncidentPart[]
  /** Who decided and when, the clock, what silence means. */
  notes: string[]
  actions: ResponderAction[]
  /** Whether a group is called: only where somebody must act. */
  mention: boolean
  /** The command that does the first action, for when all else is down. */
  command?: string
  /** ISO time until which somebody must decide. */
  decideBy?: string
}
