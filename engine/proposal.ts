import { applyContainment, resume } from './apply-containment.ts'
import type { By } from './command.ts'
import { Guarded } from './errors.ts'
import { guardTarget } from './guard.ts'
import { current, enter, move, note } from './journal/journal.ts'
import { entering } from './journal/new-record.ts'
import { pausedText, pauseOf } from './journal/pause.ts'
import { type Containment, contextOf, step } from './journal/record.ts'
import { alreadyDone, currentRecord, notCurrent, type Outcome, outcomeOf } from './outcome.ts'
import { planOf } from './plan.ts'
import { closeContainment } from './release.ts'
import { isGone, type Run, readForPlan, whyGone } from './run.ts'

/** EventBridge Scheduler fires on whole seconds: an expiry this early is on time. */
const earlyMs = 2_000

/** Consent of a person to one plan of one containment. */
export interface Consent {
  containment: string
  /** The hash of the plan that was shown. */
  plan: string
  by: By
}

/**
 * Contains what was proposed, or tries again what failed, because a person approved it. The approval is for one plan: if
 * the plan has changed since it was shown, nothing is done and the new plan is returned (`superseded`).
 */
export async function approve(run: Run, consent: Consent): Promise<Outcome> {
  const { playbook, target, settings } = run
  const at = new Date().toISOString()
  const [record, reading, pause] = await Promise.all([
    current(playbook.name, target, settings),
    readForPlan(run, { containment: consent.containment, at, prefix: settings.prefix }),
    pauseOf(playbook.name, settings),
  ])
  if (record?.id !== consent.containment) return notCurrent(run)
  if (record.plan.hash !== consent.plan)
    return outcomeOf(record, 'superseded', 'The approval is for another plan.')
  const isRetry = record.status === 'failed' || record.status === 'containing'
  if (!isRetry && record.status !== 'proposed') return alreadyDone(record)
  if (settings.ceiling === 'observe')
    return outcomeOf(record, record.status, "The stage's ceiling is observe.")
  if (pause) return outcomeOf(record, 'guarded', pausedText(pause))
  if (!isRetry && isLate(record, consent.by)) return alreadyDone(record, 'The deadline has passed.')
  const refusal = guardTarget(target, settings, new Date())
  if (refusal) return outcomeOf(record, 'guarded', refusal.message)
  if (isRetry) return resume(run, record, consent.by)

  if ('error' in reading) {
    const { error } = reading
    if (!(error instanceof Guarded) && !isGone(run, error)) throw error
    return outcomeOf(record, 'guarded', error instanceof Guarded ? error.message : whyGone(error))
  }
  const before = reading.state
  const context = { ...contextOf(record, settings.prefix), at }
  const { before: _, after, ...plan } = planOf(playbook, target, before, context)
  if (plan.hash !== consent.plan) {
    // The new plan is recorded under the same ID, so that it can be approved.
    const why = 'The plan has changed.'
    const history = [...record.history, step('proposed', consent.by, why)]
    // Earlier approvals were for the earlier plan.
    const { approvals: _approvals, ...proposal } = record
    await note({ ...proposal, plan, before, after, history }, record, settings)
    return { ...outcomeOf(record, 'superseded', why), plan }
  }

  const pending = await recordApproval(run, record, consent)
  if (pending) return pending

  const lastsMs = Date.parse(record.due) - Date.parse(record.opened)
  const due = new Date(Date.parse(at) + lastsMs).toISOString()
  const approved: Containment = { ...record, opened: at, due, plan, before, after }
  // The budget limits what rules do by themselves: an approved containment is not charged.
  const entry = await enter(entering(approved, consent.by), record, settings, false)
  if (entry === 'entered') return applyContainment(run, approved, consent.by)
  const winner = await current(playbook.name, target, settings)
  return outcomeOf(winner ?? approved, 'already', winner?.status)
}

const isLate = ({ ask }: Containment, by: By): boolean =>
  ask !== undefined && !isClock(by) && Date.parse(ask.decideBy) <= Date.now()

/** Records one of several approvals. Returns the outcome while more are needed, and nothing for the last one. */
async function recordApproval(run: Run, record: Containment, consent: Consent): Promise<Outcome | undefined> {
  const { by } = consent
  const wanted = record.ask?.approvals ?? 1
  const approvals = [...(record.approvals ?? []).filter(({ who }) => who !== by.who), by]
  if (isClock(by) || approvals.length >= wanted) return undefined
  const why = `Approved by ${approvals.length} of ${wanted}.`
  if (record.approvals?.some(({ who }) => who === by.who)) return outcomeOf(record, 'proposed', why)
  const moved = await move(record, ['proposed'], step('proposed', by, why), { approvals }, run.settings, true)
  // Another decision was recorded at the same moment: it counts first, then this one.
  return moved ? outcomeOf(record, 'proposed', why) : approve(run, consent)
}

const isClock = ({ who }: By): boolean => who === 'clock'

/**
 * Ends a proposal that was not decided before its deadline: it is closed, unless its rule says `onExpire: 'contain'`.
 * That was agreed when the rule was reviewed, so it holds for the plan as it is at the deadline.
 */
export async function expire(
  run: Run,
  { containment, by }: { containment: string; by: By },
): Promise<Outcome> {
  const found = await currentRecord(run, containment)
  if ('outcome' in found) return found.outcome
  const { record } = found
  if (record.status !== 'proposed') return alreadyDone(record)
  if (record.ask && Date.parse(record.ask.decideBy) - Date.now() > earlyMs)
    return alreadyDone(record, 'The deadline has not passed.')
  if (record.ask?.onExpire === 'contain') {
    const outcome = await approve(run, { containment, plan: record.plan.hash, by })
    const newPlan = outcome.status === 'superseded' ? outcome.plan?.hash : undefined
    return newPlan ? approve(run, { containment, plan: newPlan, by }) : outcome
  }
  return closeContainment(run, record, 'closed', {
    by,
    from: ['proposed'],
    why: 'No decision before the deadline: nothing was changed.',
  })
}
