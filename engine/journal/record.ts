import type { By } from '../command.ts'
import type { Context, PlaybookCopy } from '../playbook.ts'
import type { Mode, Severity } from '../rule.ts'
import type { Change, State } from '../state.ts'
import type { AnyTarget } from '../target.ts'

/** The status of a containment. The last two end it; only an ended one may be entered again. */
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

/** One entry in the history of a containment. */
export interface Step {
  at: string
  status: Status
  by: By
  why?: string
}

/** How a proposal is decided: the deadline, how many approvals it needs, and what happens without a decision. */
export interface Ask {
  /** The deadline (ISO time): then `onExpire` applies. */
  decideBy: string
  /** How many different people must approve. */
  approvals: number
  /** The subject of the incident may not approve. */
  preventSelf: boolean
  onExpire: 'nothing' | 'contain'
}

/** Which changes were and were not made when a containment or a release failed. */
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

/** One playbook applied to one target: everything needed to explain it, to finish it and to release it. */
export interface Containment {
  id: string
  incident: string
  /** The shard of the incident index, see `indexShardOf`. The stored name is `shelf`. */
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
  /** The event: its envelope, and its detail as JSON text unless that is too large to store. */
  event: Record<string, unknown>
  status: Status
  opened: string
  /** When the release is due (ISO time). */
  due: string
  /** Why it was not contained although its rule would contain it: a guard, the ceiling or the budget. */
  why?: string
  plan: { hash: string; changes: Change[]; caveats: string[]; undo: boolean }
  before: State
  after: State
  /** States that earlier attempts of this containment wrote, where they depend on the time. */
  earlier?: State[]
  /** Of a proposal only. */
  ask?: Ask
  /** The approvals so far, where it needs more than one. */
  approvals?: By[]
  failure?: Failure
  /** What others changed since the containment, found by the release (foreign changes). */
  strays?: Change[]
  history: Step[]
}

/** A message for responders that is not a containment: an unreadable event, or the refusal of a guard. */
export interface Notice {
  id: string
  kind: 'unreadable' | 'guarded' | 'trouble' | 'paused' | 'resumed'
  playbook: string
  rule: string
  says: string
  at: string
}

/** The decision of a person and its outcome; refused ones are recorded too. */
export interface Decision {
  id: string
  at: string
  verb: Verb
  containment: string
  by: By
  /** `done`, or why it was not carried out. */
  outcome: 'done' | 'refused' | 'late' | 'superseded' | 'failed' | 'waiting'
  says: string
}

/** What a person can decide. */
export const verbs = ['approve', 'deny', 'undo', 'extend', 'retry'] as const
export type Verb = (typeof verbs)[number]

/** All containments, events and decisions for one subject, until it is quiet for 24 hours. */
export interface Incident {
  id: string
  account: string
  subject: string
  opened: string
  /** The current record of each containment, oldest first; never empty. */
  containments: Containment[]
  /** Further events for contained targets: `<time> <rule> <detail-type> <id>`, oldest first, at most 200 per playbook. */
  events: string[]
  decisions: Decision[]
  /** The channels it was sent to, and when each message was last updated. */
  messages: { channel: string; at: string; state: 'delivered' | 'failed'; why?: string; link?: string }[]
}

/** A delivery owns a containment for this long after its last change: the longest run of a function. */
const ownedMs = 60_000

/** The index has 16 shards, to avoid a hot partition: the shard of an incident is the first digit of its ID. */
export const indexShardOf = (incident: string): string => incident.slice(0, 'inc-0'.length)

/** A history entry for a change of status now. */
export const step = (status: Status, by: By, why?: string): Step => ({
  at: new Date().toISOString(),
  status,
  by,
  ...(why !== undefined && { why }),
})

/** The context in which a playbook works on a recorded containment. */
export const contextOf = (record: Containment, prefix: string): Context => ({
  containment: record.id,
  incident: record.incident,
  at: record.opened,
  prefix,
})

/** Every state that this containment wrote, the current one last. */
export const writtenStates = ({ earlier = [], after }: Containment): State[] => [...earlier, after]

/** When the record last changed (ISO time). */
export const lastChangeOf = ({ history, opened }: Containment): string => history.at(-1)?.at ?? opened

/** Whether no delivery can still be working on it. */
export const isIdle = (record: Containment): boolean =>
  Date.now() - Date.parse(lastChangeOf(record)) > ownedMs

/** Whether a delivery of the event behind `id` should finish this record: its own, or one whose worker timed out. */
export function isUnfinished(record: Containment, id: string): boolean {
  if (record.status !== 'containing' && record.status !== 'failed') return false
  // After a release that failed half-way, a late duplicate of the original event must not contain again.
  if (record.id === id) return record.failure?.during !== 'release'
  return isIdle(record)
}
