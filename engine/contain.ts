import { Guarded } from './errors.ts'
import { finish, outcomeOf } from './finish.ts'
import { guardTarget } from './guard.ts'
import { join } from './incident.ts'
import { current, enter, isLive, note, tell } from './journal.ts'
import { byRule, type Cause, entering, recordOf } from './open.ts'
import { containmentId, planOf } from './plan.ts'
import type { Containment } from './record.ts'
import { isUnfinished, resume } from './resume.ts'
import { least } from './rule.ts'
import { isGone, type Outcome, type Run, read, step, whyGone } from './run.ts'

/** Contains a target because a rule says so: guard ▸ plan ▸ enter ▸ finish. */
export async function contain(run: Run, cause: Cause): Promise<Outcome> {
  const { playbook, target, it } = run
  const id = containmentId(playbook.name, target, cause.event.id)
  const at = new Date().toISOString()
  const answer = { playbook: playbook.name, target, containment: id }

  const refusal = guardTarget(target, it.prefix, new Date())
  if (refusal) return refuse(run, cause, refusal)

  const [previous, incident, found] = await Promise.all([
    current(playbook.name, target, it),
    join(target.account, cause.subject, cause.event.id, it),
    // What the read says counts only once it is known that no containment is open.
    read(run, { containment: id, at, prefix: it.prefix }, true).then(
      (state) => ({ state }),
      (error: unknown) => ({ error }),
    ),
  ])
  if (isLive(previous))
    return isUnfinished(previous, id)
      ? resume(run, previous, byRule)
      : outcomeOf(previous, 'already', previous.status)
  if (previous?.id === id && (previous.status === 'released' || previous.status === 'closed'))
    return {
      ...answer,
      status: 'already',
      why: `This event was contained before, and is ${previous.status}.`,
    }

  if ('error' in found) {
    if (found.error instanceof Guarded) return refuse(run, cause, found.error)
    if (isGone(run, found.error)) return refuse(run, cause, new Guarded('gone', whyGone(found.error)))
    throw found.error
  }
  const context = { containment: id, incident, at, prefix: it.prefix }
  const plan = planOf(playbook, target, found.state, context)
  const record = recordOf(run, cause, incident, plan, at)

  if (plan.changes.length === 0) return say('observed', 'There is nothing left to change.')
  const mode = least(cause.rule.mode, it.ceiling)
  const bounded = mode === cause.rule.mode ? undefined : `The stage's ceiling is ${it.ceiling}.`
  if (mode === 'observe') return say('observed', bounded)
  if (mode === 'approve') return say('proposed', bounded)

  const entry = await enter(entering(record, byRule), previous, it)
  if (entry === 'entered') return finish(run, record, byRule)
  if (entry === 'over')
    return say('proposed', `More than ${it.budget} containments by ${playbook.name} in this hour.`)
  const winner = await current(playbook.name, target, it)
  return outcomeOf(winner ?? record, 'already', winner?.status)

  async function say(status: 'observed' | 'proposed', why?: string): Promise<Outcome> {
    const said: Containment = { ...record, status, history: [step(status, byRule, why)], ...(why && { why }) }
    await note(said, previous, it)
    return outcomeOf(said, status, why)
  }
}

/** Notes that a guard held a rule back: nothing is planned, nothing is done, and it is said once. */
export async function refuse(
  run: Run,
  { rule, event }: Cause,
  { guard, message }: Guarded,
): Promise<Outcome> {
  const playbook = run.playbook.name
  const notice = {
    id: `${event.id}#${playbook}#${guard}`,
    kind: 'guarded' as const,
    playbook,
    rule: rule.name,
  }
  await tell({ ...notice, says: message, at: new Date().toISOString() }, run.it)
  return { playbook, target: run.target, status: 'guarded', why: message }
}
