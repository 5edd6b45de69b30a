import { digest } from '../lib/canonical.ts'
import { applyContainment, resume } from './apply-containment.ts'
import { Guarded } from './errors.ts'
import { guardTarget } from './guard.ts'
import { actorAliases, joinIncident, recordFurtherEvent } from './journal/incident.ts'
import { current, enter, isLive, move, note, recordNotice } from './journal/journal.ts'
import { approvalRequestOf, byRule, type Cause, entering, lastsMs, recordOf } from './journal/new-record.ts'
import { pausedText, pauseOf } from './journal/pause.ts'
import { type Containment, isUnfinished, lastChangeOf, step, writtenStates } from './journal/record.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { containmentId, planOf } from './plan.ts'
import { lowerMode } from './rule.ts'
import { isGone, type PlanReading, type Run, readForPlan, whyGone } from './run.ts'
import { scheduleRelease } from './schedule.ts'
import { foreignChanges, progress } from './state.ts'
import { targetKey } from './target.ts'

/** Reads within this time after a release may still show the state before it. */
const settlingMs = 10_000
/** A further event postpones the release only if it gains at least this share of the duration. */
const minExtensionShare = 0.1

/** Contains a target because a rule matched an event: guard ▸ plan ▸ enter ▸ apply. */
export async function contain(run: Run, cause: Cause): Promise<Outcome> {
  const { playbook, target, settings } = run
  const id = containmentId(playbook.name, target, cause.event.id)
  const at = new Date().toISOString()

  const refusal = guardTarget(target, settings, new Date())
  if (refusal) return recordRefusal(run, cause, refusal)

  const { account } = target
  const party = { account, subject: cause.subject, aliases: actorAliases(cause.event), cause: cause.event.id }
  const read = () => readForPlan(run, { containment: id, at, prefix: settings.prefix })
  const [previous, incident, first, pause] = await Promise.all([
    current(playbook.name, target, settings),
    joinIncident(party, settings),
    read(),
    pauseOf(playbook.name, settings),
  ])
  // A read that began before the last change of the record may show the target as it was before that change.
  const sinceChangeMs = previous ? Date.parse(at) - Date.parse(lastChangeOf(previous)) : 0
  if (isLive(previous)) {
    const isStale = previous.status === 'contained' && sinceChangeMs <= 0
    const reading = isStale ? await read() : first
    return onRepeatEvent(run, cause, previous, { reading, paused: pause !== undefined })
  }
  if (previous?.id === id && (previous.status === 'released' || previous.status === 'closed'))
    return {
      playbook: playbook.name,
      target,
      containment: id,
      status: 'already',
      why: `This event was already contained; that containment is ${previous.status}.`,
    }

  // A release takes a moment to show: until then a read cannot serve as `before`.
  const justReleased = previous?.status === 'released' && sinceChangeMs < settlingMs
  const reading = justReleased ? await read() : first
  if ('error' in reading) {
    if (reading.error instanceof Guarded) return recordRefusal(run, cause, reading.error)
    if (isGone(run, reading.error))
      return recordRefusal(run, cause, new Guarded('gone', whyGone(reading.error)))
    throw reading.error
  }
  const context = { containment: id, incident, at, prefix: settings.prefix }
  const plan = planOf(playbook, target, reading.state, context)
  const record = recordOf(run, cause, incident, plan, at)

  if (plan.changes.length === 0) return conclude('observed', 'There is nothing left to change.')
  const mode = lowerMode(cause.rule.mode, settings.ceiling)
  const bounded = mode === cause.rule.mode ? undefined : `The stage's ceiling is ${settings.ceiling}.`
  if (mode === 'observe') return conclude('observed', bounded)
  if (pause) return conclude('observed', pausedText(pause))
  if (mode === 'approve') return conclude('proposed', bounded)

  // A playbook that only notifies is not charged to the budget.
  const entry = await enter(entering(record, byRule), previous, settings, !playbook.home)
  if (entry === 'entered') return applyContainment(run, record, byRule)
  if (entry === 'over')
    return conclude('proposed', `More than ${settings.budget} containments by ${playbook.name} in this hour.`)
  const winner = await current(playbook.name, target, settings)
  return outcomeOf(winner ?? record, 'already', winner?.status)

  async function conclude(status: 'observed' | 'proposed', why?: string): Promise<Outcome> {
    const concluded: Containment = {
      ...record,
      status,
      history: [step(status, byRule, why)],
      ...(why && { why }),
      ...(status === 'proposed' && { ask: approvalRequestOf(cause.rule, at) }),
    }
    const noted = await note(concluded, previous, settings)
    // Noted before, or overtaken: responders can answer only to what the journal holds.
    const now = noted ? concluded : ((await current(playbook.name, target, settings)) ?? concluded)
    // Scheduled after it is noted: a duplicate must not postpone the decision.
    if (now.status === 'proposed' && now.ask)
      await scheduleRelease({ do: 'expire', id: now.id, target, due: now.ask.decideBy }, settings)
    if (noted) return outcomeOf(concluded, status, why)
    return now.status === status ? outcomeOf(now, status, why) : outcomeOf(now, 'already', now.status)
  }
}

/**
 * Handles an event for a target whose containment is open. Usually there is nothing to do. What was left incomplete is
 * finished, what was undone is contained again, and an attack that continues postpones the release.
 */
async function onRepeatEvent(
  run: Run,
  cause: Cause,
  record: Containment,
  { reading, paused }: { reading: PlanReading; paused: boolean },
): Promise<Outcome> {
  const { playbook, target, settings } = run
  const id = containmentId(playbook.name, target, cause.event.id)
  const mayAct = !paused && lowerMode(cause.rule.mode, settings.ceiling) === 'contain'
  const isProtected = 'error' in reading && reading.error instanceof Guarded
  const state = 'state' in reading ? reading.state : undefined
  const isOpen = record.status === 'contained' && playbook.undo !== 'none'
  const isUndone = isOpen && state !== undefined && progress(record.plan.changes, state).missing.length > 0
  const isForeign = isUndone && foreignChanges(record.before, writtenStates(record), state).length > 0

  if (mayAct && !isProtected && ((isUndone && !isForeign) || isUnfinished(record, id)))
    return resume(run, record, byRule)
  if (record.id === id) return outcomeOf(record, 'already', record.status)
  await recordFurtherEvent(record, cause, settings)
  if (isUndone || record.status === 'drifted') await warn()
  else if (mayAct && record.status === 'contained') await postpone()
  return outcomeOf(record, 'already', record.status)

  // Once for each containment, not once for each event of a flood.
  async function warn(): Promise<void> {
    const says = `${record.id} is open, but others changed what it did and the attack continues. A responder must act.`
    const notice = { kind: 'trouble' as const, playbook: playbook.name, rule: cause.rule.name, says }
    await recordNotice({ ...notice, id: `${record.id}#others`, at: new Date().toISOString() }, settings)
  }

  async function postpone(): Promise<void> {
    const durationMs = lastsMs(cause.rule, settings)
    const due = new Date(Date.now() + durationMs)
    if (due.getTime() - Date.parse(record.due) < durationMs * minExtensionShare) return
    const later = due.toISOString()
    await scheduleRelease({ id: record.id, target, due: later }, settings)
    const why = `${cause.rule.name} matched again: it lasts until ${later}.`
    await move(record, ['contained'], step('contained', byRule, why), { due: later }, settings)
  }
}

/** Records that a guard refused to contain a target: nothing is planned or changed, and one notice is written. */
export async function recordRefusal(
  run: Run,
  { rule, event }: Cause,
  { guard, message }: Guarded,
): Promise<Outcome> {
  const playbook = run.playbook.name
  const notice = {
    id: `${event.id}#${playbook}#${guard}#${digest(targetKey(run.target)).slice(0, 8)}`,
    kind: 'guarded' as const,
    playbook,
    rule: rule.name,
  }
  await recordNotice({ ...notice, says: message, at: new Date().toISOString() }, run.settings)
  return { playbook, target: run.target, status: 'guarded', why: message }
}
