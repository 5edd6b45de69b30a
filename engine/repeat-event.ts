import { outcomeOf } from './apply-containment.ts'
import { Guarded } from './errors.ts'
import { recordFurtherEvent } from './journal/further-events.ts'
import { move, recordNotice } from './journal/journal.ts'
import type { Containment } from './journal/record.ts'
import { byRule, type Cause, lasts } from './new-record.ts'
import { containmentId } from './plan.ts'
import { isUnfinished, resume } from './resume.ts'
import { lowerMode } from './rule.ts'
import type { Outcome, PlanReading, Run } from './run.ts'
import { scheduleRelease } from './schedule.ts'
import { foreignChanges, progress } from './state.ts'

/** A release is put off by an event that comes after so much of the time has passed. */
const worthwhile = 0.1

/**
 * An event about a target whose containment is open. Mostly there is nothing to do; but what was left half done is
 * finished, what has slipped is contained again, and an attack that goes on holds the gate down longer.
 */
export async function onRepeatEvent(
  run: Run,
  cause: Cause,
  record: Containment,
  { found, paused }: { found: PlanReading; paused: boolean },
): Promise<Outcome> {
  const { playbook, target, settings } = run
  const id = containmentId(playbook.name, target, cause.event.id)
  const acts = !paused && lowerMode(cause.rule.mode, settings.ceiling) === 'contain'
  const spared = 'error' in found && found.error instanceof Guarded
  const state = 'state' in found ? found.state : undefined
  const open = record.status === 'contained' && playbook.undo !== 'none'
  const slipped = open && state !== undefined && progress(record.plan.changes, state).missing.length > 0
  const ours = [...(record.earlier ?? []), record.after]
  const foreign = slipped && foreignChanges(record.before, ours, state).length > 0

  if (acts && !spared && ((slipped && !foreign) || isUnfinished(record, id)))
    return resume(run, record, byRule)
  if (record.id === id) return outcomeOf(record, 'already', record.status)
  await recordFurtherEvent(record, cause, settings)
  if (slipped || record.status === 'drifted') await warn()
  else if (acts && record.status === 'contained') await prolong()
  return outcomeOf(record, 'already', record.status)

  // Said once for each containment, and not for each event of a flood.
  async function warn(): Promise<void> {
    const says = `${record.id} is open, but others changed what it did, and the attack goes on: a person must act.`
    const notice = { kind: 'trouble' as const, playbook: playbook.name, rule: cause.rule.name, says }
    await recordNotice({ ...notice, id: `${record.id}#others`, at: new Date().toISOString() }, settings)
  }

  async function prolong(): Promise<void> {
    const due = new Date(Date.now() + lasts(cause.rule, run))
    if (due.getTime() - Date.parse(record.due) < lasts(cause.rule, run) * worthwhile) return
    const later = due.toISOString()
    await scheduleRelease({ id: record.id, target, due: later }, settings)
    const why = `${cause.rule.name} again: it lasts until ${later}.`
    const step = { at: new Date().toISOString(), status: 'contained' as const, by: byRule, why }
    await move(record, ['contained'], step, { due: later }, settings)
  }
}
