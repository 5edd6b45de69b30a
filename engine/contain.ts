import { actorAliases } from './actor-aliases.ts'
import { applyContainment, outcomeOf } from './apply-containment.ts'
import { Guarded } from './errors.ts'
import { guardTarget } from './guard.ts'
import { joinIncident } from './journal/join-incident.ts'
import { current, enter, isLive, note, recordNotice } from './journal/journal.ts'
import { pausedText, pauseOf } from './journal/pause.ts'
import type { Containment } from './journal/record.ts'
import { askOf, byRule, type Cause, entering, recordOf } from './new-record.ts'
import { containmentId, digest, planOf } from './plan.ts'
import { onRepeatEvent } from './repeat-event.ts'
import { lowerMode } from './rule.ts'
import { isGone, type Outcome, type Run, readForPlan, step, whyGone } from './run.ts'
import { scheduleRelease } from './schedule.ts'
import { targetKey } from './target.ts'

/** Reads of this long after a release may still show what was before it. */
const settlingMs = 10_000

/** Contains a target because a rule says so: guard ▸ plan ▸ enter ▸ finish. */
export async function contain(run: Run, cause: Cause): Promise<Outcome> {
  const { playbook, target, settings } = run
  const id = containmentId(playbook.name, target, cause.event.id)
  const at = new Date().toISOString()
  const answer = { playbook: playbook.name, target, containment: id }

  const refusal = guardTarget(target, settings, new Date())
  if (refusal) return recordRefusal(run, cause, refusal)

  const { account } = target
  const party = { account, subject: cause.subject, links: actorAliases(cause.event), cause: cause.event.id }
  const [previous, incident, first, pause] = await Promise.all([
    current(playbook.name, target, settings),
    joinIncident(party, settings),
    readForPlan(run, { containment: id, at, prefix: settings.prefix }),
    pauseOf(playbook.name, settings),
  ])
  if (isLive(previous))
    return onRepeatEvent(run, cause, previous, { found: first, paused: pause !== undefined })
  if (previous?.id === id && (previous.status === 'released' || previous.status === 'closed'))
    return {
      ...answer,
      status: 'already',
      why: `This event was contained before, and is ${previous.status}.`,
    }

  // What was read while the last containment was being released is no `before`.
  const justReleased =
    previous?.status === 'released' && Date.parse(at) - Date.parse(lastOf(previous)) < settlingMs
  const found = justReleased
    ? await readForPlan(run, { containment: id, at, prefix: settings.prefix })
    : first
  if ('error' in found) {
    if (found.error instanceof Guarded) return recordRefusal(run, cause, found.error)
    if (isGone(run, found.error)) return recordRefusal(run, cause, new Guarded('gone', whyGone(found.error)))
    throw found.error
  }
  const context = { containment: id, incident, at, prefix: settings.prefix }
  const plan = planOf(playbook, target, found.state, context)
  const record = recordOf(run, cause, incident, plan, at)

  if (plan.changes.length === 0) return say('observed', 'There is nothing left to change.')
  const mode = lowerMode(cause.rule.mode, settings.ceiling)
  const bounded = mode === cause.rule.mode ? undefined : `The stage's ceiling is ${settings.ceiling}.`
  if (mode === 'observe') return say('observed', bounded)
  if (pause) return say('observed', pausedText(pause))
  if (mode === 'approve') return say('proposed', bounded)

  // What only tells people costs nobody anything, and is not counted.
  const entry = await enter(entering(record, byRule), previous, settings, !playbook.home)
  if (entry === 'entered') return applyContainment(run, record, byRule)
  if (entry === 'over')
    return say('proposed', `More than ${settings.budget} containments by ${playbook.name} in this hour.`)
  const winner = await current(playbook.name, target, settings)
  return outcomeOf(winner ?? record, 'already', winner?.status)

  async function say(status: 'observed' | 'proposed', why?: string): Promise<Outcome> {
    const said: Containment = {
      ...record,
      status,
      history: [step(status, byRule, why)],
      ...(why && { why }),
      ...(status === 'proposed' && { ask: askOf(cause.rule, at) }),
    }
    const noted = await note(said, previous, settings)
    // Said before, or overtaken: people can answer to what the journal holds, and to nothing else.
    const now = noted ? said : ((await current(playbook.name, target, settings)) ?? said)
    // Booked after it is noted: a duplicate must not put the decision off.
    if (now.status === 'proposed' && now.ask)
      await scheduleRelease({ do: 'expire', id: now.id, target, due: now.ask.decideBy }, settings)
    if (noted) return outcomeOf(said, status, why)
    return now.status === status ? outcomeOf(now, status, why) : outcomeOf(now, 'already', now.status)
  }
}

const lastOf = ({ history, opened }: Containment): string => history.at(-1)?.at ?? opened

/** Notes that a guard held a rule back: nothing is planned, nothing is done, and it is said once. */
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
