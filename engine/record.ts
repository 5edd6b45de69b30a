import type { By } from './command.ts'
import type { Mode, Severity } from './rule.ts'
import type { Change, State } from './state.ts'
import type { AnyTarget } from './target.ts'

/** Where a containment stands. What ends it is last; only an ended one may be entered again. */
export type Status =
  | 'observed'
  | 'proposed'
  | 'containing'
  | 'contained'
  | 'failed'
  | 'drifted'
  | 'released'
  | 'closed'

/** One step of a containment's life. */
export interface Step {
  at: string
  status: Status
  by: By
  why?: string
}

/** What was and was not done when something failed. */
export interface Failure {
  during: 'contain' | 'release'
  error: string
  done: Change[]
  missing: Change[]
}

/** One playbook applied to one target: everything needed to explain it, finish it, and take it back. */
export interface Containment {
  id: string
  incident: string
  subject: string
  playbook: string
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
  failure?: Failure
  /** What others changed since, found at the release. */
  strays?: Change[]
  history: Step[]
}

/** Something people must know that is not a containment: an event nobody could read, a refusal by a guard. */
export interface Notice {
  id: string
  kind: 'unreadable' | 'guarded' | 'trouble'
  playbook: string
  rule: string
  says: string
  at: string
}
