import type { By } from '../command.ts'
import type { PlaybookCopy } from '../playbook.ts'
import type { Mode, Severity } from '../rule.ts'
import type { Change, State } from '../state.ts'
import type { AnyTarget } from '../target.ts'

/** Where a containment stands. What ends it is last; only an ended one may be entered again. */
export const statuses = [
  'observed',
  'proposed',
  'containing',
  'contained',
  'failed',
  'drifted',
  'released',
  'closed',
] as const
export type Status = (typeof statuses)[number]

/** One step of a containment's life. */
export interface Step {
  at: string
  status: Status
  by: By
  why?: string
}

/** How a proposal is decided: by when, by how many, and what silence means. */
export interface Ask {
  /** ISO time at which the clock decides. */
  decideBy: string
  /** How many different people must approve. */
  approvals: number
  /** Whoever the incident is about may not approve. */
  preventSelf: boolean
  onExpire: 'nothing' | 'contain'
}

/** What was and was not done when something failed. */
export interface Failure {
  during: 'contain' | 'release'
  error: string
  done: Change[]
  missing: Change[]
}

/** What messages say of a containment: its playbook's own words, so that messages need not load any playbook. */
export interface RecordedCopy extends PlaybookCopy {
  title: string
  tells?: true
}

/** One playbook applied to one target: everything needed to explain it, finish it, and take it back. */
export interface Containment {
  id: string
  incident: string
  /** Where the incident stands in the index of incidents: the first characters of its id. */
  shelf: string
  subject: string
  playbook: string
  /** Absent in records of versions that did not keep it. */
  copy?: RecordedCopy
  target: AnyTarget
  rule: string
  because: string
  severity: Severity
  attack: string[]
  mode: Mode
  /** The event: its envelope, and its detail as JSON text unless that is too large to keep. */
  event: Record<string, unknown>
  status: Status
  opened: string
  /** When the release is due. */
  due: string
  /** Why it was not contained although the rule would have: a guard, the ceiling, the budget. */
  why?: string
  plan: { hash: string; changes: Change[]; caveats: string[]; undo: boolean }
  before: State
  after: State
  /** What earlier attempts of this containment wrote, where that depended on the moment. */
  earlier?: State[]
  /** Of a proposal: how it is decided. */
  ask?: Ask
  /** Who has approved so far, where more than one must. */
  approvals?: By[]
  failure?: Failure
  /** What others changed since, found at the release. */
  strays?: Change[]
  history: Step[]
}

/** Something people must know that is not a containment: an event nobody could read, a refusal by a guard. */
export interface Notice {
  id: string
  kind: 'unreadable' | 'guarded' | 'trouble' | 'paused' | 'resumed'
  playbook: string
  rule: string
  says: string
  at: string
}

/** What a person asked for, and what became of it: refusals are remembered too. */
export interface Decision {
  id: string
  at: string
  verb: Verb
  containment: string
  by: By
  /** `done`, or why not. */
  outcome: 'done' | 'refused' | 'late' | 'superseded' | 'failed' | 'waiting'
  says: string
}

/** What a person may ask for. */
export const verbs = ['approve', 'deny', 'undo', 'extend', 'retry'] as const
export type Verb = (typeof verbs)[number]

/** Everything known and done about one subject while it lasts. */
export interface Incident {
  id: string
  account: string
  subject: string
  opened: string
  /** The present state of each containment, oldest first; never empty. */
  containments: Containment[]
  /** Further events about what was contained already: `<time> <rule> <detail-type> <id>`, oldest first, at most 200. */
  events: string[]
  decisions: Decision[]
  /** Where it was told: a channel's name, and when that was last brought up to date. */
  messages: { channel: string; at: string; state: 'delivered' | 'failed'; why?: string; link?: string }[]
}
