import { applyContainment, outcomeOf } from './apply-containment.ts'
import type { By } from './command.ts'
import { Guarded } from './errors.ts'
import { guardTarget } from './guard.ts'
import { current, enter, move, note } from './journal/journal.ts'
import { pausedText, pauseOf } from './journal/pause.ts'
import type { Containment } from './journal/record.ts'
import { contextOf, entering } from './new-record.ts'
import { planOf } from './plan.ts'
import { resume } from './resume.ts'
import { isGone, type Outcome, type Run, readForPlan, step, whyGone } from './run.ts'

/** To what, and whose. */
export interface Consent {
  containment: string
  plan: string
  by: By
}

/**
 * A person's word: contain what is proposed, or try again what failed. Consent is to one plan: if what would
 * change is not what was shown, nothing is done and the new plan is given (`superseded`).
 */
export async function approve(run: Run, consent: Consent): Promise<Outcome> {
  const { playbook, target, settings } = run
  const at = new Date().toISOString()
  const [record, found, pause] = await Promise.all([
    current(playbook.name, target, settings),
    readForPlan(run, { containment: consent.containment, at, prefix: settings.prefix }),
    pauseOf(playbook.name, settings),
  ])
  if (record?.id !== consent.containment)
    return {
      playbook: playbook.name,
      target,
      status: 'superseded',
      why: 'That containment is not the present one.',
    }
  if (record.plan.hash !== consent.plan)
    return outcomeOf(record, 'superseded', 'Consent was given to another plan.')
  const half = record.status === 'failed' || record.status === 'containing'
  if (!half && record.status !== 'proposed') return outcomeOf(record, 'already', record.status)
  if (settings.ceiling === 'observe')
    return outcomeOf(record, record.status, "The stage's ceiling is observe.")
  if (pause) return outcomeOf(record, 'guarded', pausedText(pause))
  if (!half && isLate(record, consent.by)) return outcomeOf(record, 'already', 'The time to decide is over.')
  const refusal = guardTarget(target, settings, new Date())
  if (refusal) return outcomeOf(record, 'guarded', refusal.message)
  if (half) return resume(run, record, consent.by)

  if ('error' in found) {
    const { error } = found
    if (!(error instanceof Guarded) && !isGone(run, error)) throw error
    return outcomeOf(record, 'guarded', error instanceof Guarded ? error.message : whyGone(error))
  }
  const before = found.state
  const {
    before: _,
    after,
    ...shown
  } = planOf(playbook, target, before, { ...contextOf(record, settings.prefix), at })
  if (shown.hash !== consent.plan) {
    // Noted, so that there is something to consent to: the new plan, under the same name.
    const why = 'The plan has changed.'
    const history = [...record.history, step('proposed', consent.by, why)]
    // Whoever approved before approved another plan.
    const { approvals: _approvals, ...proposal } = record
    await note({ ...proposal, plan: shown, before, after, history }, record, settings)
    return { ...outcomeOf(record, 'superseded', why), plan: shown }
  }

  const short = await missing(run, record, consent)
  if (short) return short

  const lasts = Date.parse(record.due) - Date.parse(record.opened)
  const due = new Date(Date.parse(at) + lasts).toISOString()
  const agreed: Containment = { ...record, opened: at, due, plan: shown, before, after }
  // A person's consent is not charged to the budget that bounds the machine.
  const entry = await enter(entering(agreed, consent.by), record, settings, false)
  if (entry === 'entered') return applyContainment(run, agreed, consent.by)
  const winner = await current(playbook.name, target, settings)
  return outcomeOf(winner ?? agreed, 'already', winner?.status)
}

const isLate = ({ ask }: Containment, by: By): boolean =>
  ask !== undefined && !isClock(by) && Date.parse(ask.decideBy) <= Date.now()

/** Writes an approval down where more people must give theirs, and says how many; nothing when it was the last one. */
async function missing(run: Run, record: Containment, consent: Consent): Promise<Outcome | undefined> {
  const { by } = consent
  const wanted = record.ask?.approvals ?? 1
  const approvals = [...(record.approvals ?? []).filter(({ who }) => who !== by.who), by]
  if (isClock(by) || approvals.length >= wanted) return undefined
  const why = `Approved by ${approvals.length} of ${wanted}.`
  if (record.approvals?.some(({ who }) => who === by.who)) return outcomeOf(record, 'proposed', why)
  const moved = await move(record, ['proposed'], step('proposed', by, why), { approvals }, run.settings, true)
  // Somebody decided at the same moment: theirs counts, and then this one.
  return moved ? outcomeOf(record, 'proposed', why) : approve(run, consent)
}

const isClock = ({ who }: By): boolean => who === 'clock'
