import type { By } from './command.ts'
import { jsonText, tooDeep } from './errors.ts'
import { indexShardOf } from './journal/index-shard.ts'
import type { Ask, Containment, RecordedCopy } from './journal/record.ts'
import type { Plan } from './plan.ts'
import { containmentId } from './plan.ts'
import type { AnyPlaybook, Context } from './playbook.ts'
import { defaultApproval, type Event, milliseconds, type Rule } from './rule.ts'
import { type Run, step } from './run.ts'

/** Why a target is to be contained. */
export interface Cause {
  rule: Rule
  event: Event
  subject: string
}

export const byRule: By = { who: 'portcullis', how: 'rule' }

/** A record may hold 400 KB (DynamoDB); a larger event is kept by its envelope, size and place in the archive. */
const largestEvent = 64_000

/** The record of a containment that is planned, before it is said what becomes of it. Pure but for the clock. */
export function recordOf(
  run: Run,
  { rule, event, subject }: Cause,
  incident: string,
  plan: Plan,
  at: string,
): Containment {
  const { before, after, ...shown } = plan
  return {
    id: containmentId(run.playbook.name, run.target, event.id),
    incident,
    shelf: indexShardOf(incident),
    subject,
    playbook: run.playbook.name,
    copy: recordedCopyOf(run.playbook),
    target: run.target,
    rule: rule.name,
    because: rule.because,
    severity: rule.severity,
    attack: [...rule.attack],
    mode: rule.mode,
    event: evidenceOf(event),
    status: 'observed',
    opened: at,
    due: new Date(Date.parse(at) + lasts(rule, run)).toISOString(),
    plan: shown,
    before,
    after,
    history: [],
  }
}

/** The words of a playbook as a record keeps them. Pure. */
export const recordedCopyOf = ({ title, copy, tells }: AnyPlaybook): RecordedCopy => ({
  title,
  ...copy,
  ...(tells && { tells }),
})

/** How a proposal made at `at` is put to people. */
export function askOf({ ask }: Rule, at: string): Ask {
  const { within, ...how } = { ...defaultApproval, ...ask }
  return { ...how, decideBy: new Date(Date.parse(at) + milliseconds(within)).toISOString() }
}

/** The record as it is entered. */
export const entering = (record: Containment, by: By): Containment => ({
  ...record,
  status: 'containing',
  history: [...record.history, step('containing', by)],
})

export const contextOf = (record: Containment, prefix: string): Context => ({
  containment: record.id,
  incident: record.incident,
  at: record.opened,
  prefix,
})

/** Milliseconds for which a rule's containment lasts on this stage. */
export const lasts = ({ release }: Rule, { settings }: Run): number =>
  Math.min(
    milliseconds(release),
    settings.longest ? milliseconds(settings.longest) : Number.POSITIVE_INFINITY,
  )

// The detail as text: a map of DynamoDB's holds neither every number, nor every key, nor every depth that JSON does,
// and an attacker who got one of those into an event would not be contained. The rest by name, for the same reason.
function evidenceOf({ detail, resources, ...event }: Event): Record<string, unknown> {
  const { id, source, 'detail-type': type, account, region, time } = event
  const envelope = { id, source, 'detail-type': type, account, region, time }
  const text = jsonText(detail)
  const size = Buffer.byteLength(text) + Buffer.byteLength(jsonText(resources))
  if (size <= largestEvent && text !== tooDeep) return { ...envelope, resources, detail: text }
  return { ...envelope, omitted: `${size} bytes, or too deep; look the event up by its id` }
}
