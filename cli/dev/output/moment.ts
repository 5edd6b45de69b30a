import type { Containment, Notice, Status } from '../../../engine/journal/record.ts'
import type { Event } from '../../../engine/rule.ts'
import type { Change } from '../../../engine/state.ts'
import type { AnyTarget } from '../../../engine/target.ts'
import type { Posted } from '../aws/posted.ts'
import type { BrokenVersion, MatchedRule, Missed, Planned } from '../versions/protocol.ts'
import type { PlanDifference } from './plan-difference.ts'

/** One thing that happened in the live loop: what the terminal and `--json` show. */
export type DevMoment =
  | { type: 'ready'; ms: number; triggers: number; slack: string; mail: string; endpoint: string }
  | { type: 'event'; event: Pick<Event, 'id' | 'source' | 'detail-type'>; what: string }
  | { type: 'matched'; rules: MatchedRule[]; of: number; ms: number }
  | { type: 'plan'; plans: Planned[]; ms: number }
  | ({ type: 'moved' } & Moved)
  | { type: 'notice'; notice: Pick<Notice, 'kind' | 'playbook' | 'rule' | 'says'> }
  /** A playbook that answered without a record: it is contained already, or not the present one. */
  | { type: 'unchanged'; playbook: string; status: string; why?: string }
  | ({ type: 'message' } & Posted)
  | { type: 'decided'; who: string; verb: 'approve' | 'undo'; containment: string }
  | { type: 'state'; changes: Change[] }
  | { type: 'shown'; plans: Planned[] }
  | { type: 'why'; missed: Missed[] }
  | { type: 'reloaded'; files: string[]; ms: number; replayed: string[]; difference: PlanDifference[] }
  /** It does not load: what was there before goes on. */
  | { type: 'broken'; files: string[]; broken: BrokenVersion }
  /** What the types say of a version that is live already; with errors, the one before it is live again. */
  | { type: 'types'; errors: BrokenVersion[]; ms: number }
  /** What the code of the project printed. */
  | { type: 'said'; line: string }
  | { type: 'triggers'; names: string[] }
  /** What somebody asked for, or sent, and why nothing comes of it. */
  | { type: 'refused'; why: string }
  | { type: 'open'; slack: string; mail: string; endpoint: string }
  | { type: 'stopped' }

/** A step in the life of a containment. */
export interface Moved {
  to: Status
  containment: string
  incident: string
  playbook: string
  rule: string
  target: AnyTarget
  plan: Containment['plan']
  due: string
  why?: string
  ms?: number
}

export type ShowMoment = (moment: DevMoment) => void
