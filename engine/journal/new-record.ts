import type { By } from '../command.ts'
import { serialize, tooDeep } from '../errors.ts'
import { containmentId, type Plan } from '../plan.ts'
import type { AnyPlaybook } from '../playbook.ts'
import { defaultApproval, type Event, milliseconds, type Rule } from '../rule.ts'
import type { Run } from '../run.ts'
import type { Settings } from '../settings.ts'
import { type Ask, type Containment, indexShardOf, type RecordedCopy, step } from './record.ts'

/** Why a target is to be contained. */
export interface Cause {
  rule: Rule
  event: Event
  subject: string
}

/** The author of what a rule does by itself. */
export const byRule: By = { who: 'portcullis', how: 'rule' }

/** Bytes of an event that a record stores; an item may hold 400 KB. Source: DynamoDB quotas. */
const maxEventBytes = 64_000

/** The record of a planned containment, before its status is decided. */
export function recordOf(
  { playbook, target, settings }: Run,
  { rule, event, subject }: Cause,
  incident: string,
  { before, after, ...plan }: Plan,
  at: string,
): Containment {
  return {
    id: containmentId(playbook.name, target, event.id),
    incident,
    shelf: indexShardOf(incident),
    subject,
    playbook: playbook.name,
    copy: recordedCopyOf(playbook),
    target,
    rule: rule.name,
    because: rule.because,
    severity: rule.severity,
    attack: [...rule.attack],
    mode: rule.mode,
    event: evidenceOf(event),
    status: 'observed',
    opened: at,
    due: new Date(Date.parse(at) + lastsMs(rule, settings)).toISOString(),
    plan,
    before,
    after,
    history: [],
  }
}

/** The words of a playbook as a record keeps them. */
export const recordedCopyOf = ({ title, copy, tells }: AnyPlaybook): RecordedCopy => ({
  title,
  ...copy,
  ...(tells && { tells }),
})

/** How a proposal made at `at` is decided. */
export function approvalRequestOf({ ask }: Rule, at: string): Ask {
  const { within, ...rest } = { ...defaultApproval, ...ask }
  return { ...rest, decideBy: new Date(Date.parse(at) + milliseconds(within)).toISOString() }
}

/** The record as it is entered. */
export const entering = (record: Containment, by: By): Containment => ({
  ...record,
  status: 'containing',
  history: [...record.history, step('containing', by)],
})

/** How long a containment by this rule lasts in this deployment. */
export const lastsMs = ({ release }: Rule, { longest }: Settings): number =>
  Math.min(milliseconds(release), longest ? milliseconds(longest) : Number.POSITIVE_INFINITY)

// The detail is stored as text: a DynamoDB map cannot hold every number, key and depth that JSON can, and an attacker
// who puts one of those into an event would evade containment. The other fields are picked by name, for the same reason.
function evidenceOf({ detail, resources, ...event }: Event): Record<string, unknown> {
  const { id, source, 'detail-type': type, account, region, time } = event
  const envelope = { id, source, 'detail-type': type, account, region, time }
  const text = serialize(detail)
  const size = Buffer.byteLength(text) + Buffer.byteLength(serialize(resources))
  if (size <= maxEventBytes && text !== tooDeep) return { ...envelope, resources, detail: text }
  return { ...envelope, omitted: `${size} bytes, or nested too deeply: look up the event by its ID` }
}
