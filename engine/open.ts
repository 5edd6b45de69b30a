import type { By } from './command.ts'
import { textOf } from './errors.ts'
import type { Plan } from './plan.ts'
import { containmentId } from './plan.ts'
import type { Context } from './playbook.ts'
import type { Containment } from './record.ts'
import { type Event, milliseconds, type Rule } from './rule.ts'
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
/** DynamoDB nests 32 levels and no deeper; some are ours. Source: DynamoDB quotas, "Nested attribute depth". */
const deepestEvent = 24

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
    subject,
    playbook: run.playbook.name,
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

const lasts = ({ release }: Rule, { it }: Run): number =>
  Math.min(milliseconds(release), it.longest ? milliseconds(it.longest) : Number.POSITIVE_INFINITY)

function evidenceOf(event: Event): Record<string, unknown> {
  const size = Buffer.byteLength(textOf(event))
  if (size <= largestEvent && isFlat(event, deepestEvent)) return { ...event }
  // By name: an event may bring fields of its own, of any size.
  const { id, source, 'detail-type': type, account, region, time } = event
  const omitted = `${size} bytes, or too deep; look the event up by its id`
  return { id, source, 'detail-type': type, account, region, time, resources: [], omitted }
}

const isFlat = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((inner) => isFlat(inner, levels - 1)))
