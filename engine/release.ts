import type { By } from './command.ts'
import { retryable } from './errors.ts'
import { outcomeOf } from './finish.ts'
import { current, move } from './journal.ts'
import { contextOf } from './open.ts'
import type { Containment, Status } from './record.ts'
import { isGone, messageOf, type Outcome, type Run, read, step, verify, whyGone, write } from './run.ts'
import { diff, progress, restore, strays } from './state.ts'
import { cancel } from './timer.ts'

const releasable: Status[] = ['containing', 'contained', 'failed', 'drifted']

/**
 * Ends one containment, by the clock or by a person: puts back what we changed, and only if nobody changed it
 * since (else `drifted`). A person may `force` it: then everything of ours goes back, and theirs stays.
 */
export async function release(
  run: Run,
  order: { containment: string; by: By; force?: boolean | undefined },
): Promise<Outcome> {
  const { playbook, target, it } = run
  const { by } = order
  const record = await current(playbook.name, target, it)
  // Last week's button does nothing to this week's containment.
  if (record?.id !== order.containment)
    return {
      playbook: playbook.name,
      target,
      status: 'superseded',
      why: 'That containment is not the present one.',
    }
  if (record.status === 'observed' || record.status === 'proposed')
    return end('closed', [record.status], by.reason)
  if (!releasable.includes(record.status)) return outcomeOf(record, 'already', record.status)
  if (playbook.undo === 'none') return end('closed', releasable, 'What was done stays done.')

  const context = contextOf(record, it.prefix)
  try {
    const present = await read(run, context, false)
    const foreign = strays(record.before, record.after, present)
    if (foreign.length > 0 && !order.force) {
      const why = `Changed by others since: ${foreign.map(({ path }) => path).join(', ')}`
      await move(record, releasable, step('drifted', by, why), { strays: foreign }, it)
      return outcomeOf(record, 'drifted', why)
    }
    const goal = restore(record.before, present, foreign)
    const back = diff(present, goal)
    await write(run, goal, context)
    const missing = await verify(run, back, context)
    if (missing.length > 0)
      throw new Error(`Put back but not read back: ${missing.map(({ path }) => path).join(', ')}`)
    return await end('released', releasable, by.reason)
  } catch (error) {
    if (isGone(run, error)) return end('closed', releasable, whyGone(error))
    const failure = { during: 'release' as const, error: messageOf(error), ...(await undone(record)) }
    await move(record, releasable, step('failed', by, failure.error), { failure }, it)
    if (retryable(error)) throw error
    return outcomeOf(record, 'failed', failure.error)
  }

  async function end(status: 'released' | 'closed', from: Status[], why?: string): Promise<Outcome> {
    const said = record as Containment
    const moved = await move(said, from, step(status, by, why), {}, it)
    // The clock's own booking deletes itself; one that a person forestalls fires for nothing, harmlessly.
    if (by.who !== 'clock') await cancel(said.id, it).catch(() => undefined)
    return outcomeOf(said, moved ? status : 'already', why)
  }

  // Where nothing can be read, nothing is said to be undone.
  async function undone({ plan, after: ours }: Containment) {
    const reverse = plan.changes.map(({ path, before: after, after: from }) => ({
      path,
      before: from,
      after,
    }))
    return progress(reverse, await read(run, context, false).catch(() => ours))
  }
}
