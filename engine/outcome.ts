import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { current } from './journal/journal.ts'
import type { Containment, Status } from './journal/record.ts'
import type { Plan } from './plan.ts'
import type { Run } from './run.ts'
import type { Change } from './state.ts'
import type { AnyTarget } from './target.ts'

/** The result of one command for one target. */
export interface Outcome {
  playbook: string
  target: AnyTarget
  /** The status of the record, or the reason why no new one was written. */
  status: Status | 'guarded' | 'planned' | 'already' | 'superseded' | 'parked'
  containment?: string
  incident?: string
  why?: string
  plan?: Pick<Plan, 'hash' | 'changes' | 'caveats' | 'undo'>
  /** Of a planned release: what others changed since. The release leaves it. */
  strays?: Change[]
  /** From the arrival of the command to the verified result. */
  milliseconds?: number
}

/** The outcome for a record. */
export const outcomeOf = (record: Containment, status: Outcome['status'], why?: string): Outcome => ({
  playbook: record.playbook,
  target: record.target,
  containment: record.id,
  incident: record.incident,
  status,
  plan: record.plan,
  ...(why !== undefined && { why }),
})

/** The command came too late, or too early, for the status of the record. */
export const alreadyDone = (record: Containment, why: string = record.status): Outcome =>
  outcomeOf(record, 'already', why)

/** The command names a containment that is not the target's current one: a button of last week changes nothing. */
export const notCurrent = ({ playbook, target }: Run): Outcome => ({
  playbook: playbook.name,
  target,
  status: 'superseded',
  why: 'This is not the current containment of the target.',
})

/** The record that a command names, or the outcome to return when it is not the target's current one. */
export async function currentRecord(
  run: Run,
  containment: string,
): Promise<{ record: Containment } | { outcome: Outcome }> {
  const record = await current(run.playbook.name, run.target, run.settings)
  return record?.id === containment ? { record } : { outcome: notCurrent(run) }
}

let logger: Logger | undefined
let metrics: Metrics | undefined

/** Writes one log line and one metric for an outcome: Logs Insights and the dashboard read them. */
export function logOutcome(outcome: Outcome): void {
  logger ??= new Logger({ serviceName: 'portcullis' })
  metrics ??= new Metrics({ namespace: 'Portcullis', serviceName: 'portcullis' })
  const { plan, ...rest } = outcome
  logger.info(outcome.status, { ...rest, ...(plan && { planHash: plan.hash, changes: plan.changes.length }) })
  const single = metrics.singleMetric()
  single.addDimension('playbook', outcome.playbook)
  single.addDimension('status', outcome.status)
  single.addMetric('outcome', MetricUnit.Count, 1)
}
