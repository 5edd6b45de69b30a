import type { Containment, Notice, Status } from '../../../engine/journal/record.ts'
import type { Event } from '../../../engine/rule.ts'
import type { Change } from '../../../engine/state.ts'
import type { AnyTarget } from '../../../engine/target.ts'
import type { DevPost } from '../aws/posted.ts'
import type { BrokenVersion, MatchedRule, MissedRule, Planned } from '../versions/protocol.ts'
import type { PlanDifference } from './plan-difference.ts'

/** One thing that happened in the live loop, as the terminal and `--json` show it. */
export type DevMoment =
  | { type: 'ready'; ms: number; triggers: number; slack: string; mail: string; endpoint: string }
  | { type: 'event'; event: Pick<Event, 'id' | 'source' | 'detail-type'>; what: string }
  | { type: 'matched'; rules: MatchedRule[]; of: number; ms: number }
  | { type: 'plan'; plans: Planned[]; ms: number }
  | ({ type: 'moved' } & StatusChange)
  | { type: 'notice'; notice: Pick<Notice, 'kind' | 'playbook' | 'rule' | 'says'> }
  /** A playbook that answered without a new record: the target is contained already, or the command was superseded. */
  | { type: 'unchanged'; playbook: string; status: string; why?: string }
  | ({ type: 'message' } & DevPost)
  | { type: 'decided'; who: string; verb: 'approve' | 'undo'; containment: string }
  | { type: 'state'; changes: Change[] }
  | { type: 'shown'; plans: Planned[] }
  | { type: 'why'; missed: MissedRule[] }
  | { type: 'reloaded'; files: string[]; ms: number; replayed: string[]; difference: PlanDifference[] }
  /** The new version cannot be loaded: the one before stays live. */
  | { type: 'broken'; files: string[]; broken: BrokenVersion }
  /** The result of the type check of the live version; with errors, the one before becomes live again. */
  | { type: 'types'; errors: BrokenVersion[]; ms: number }
  /** A line that the code of the project printed. */
  | { type: 'said'; line: string }
  | { type: 'triggers'; names: string[] }
  /** Why a request or an event was not handled. */
  | { type: 'refused'; why: string }
  | { type: 'open'; slack: string; mail: string; endpoint: string }
  | { type: 'stopped' }

/** A change of a containment's status. */
export interface StatusChange {
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
