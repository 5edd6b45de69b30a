import type { By } from './command.ts'
import { notYet, retryable } from './errors.ts'
import { move } from './journal/journal.ts'
import { type Containment, contextOf, isIdle, type Status, step, writtenStates } from './journal/record.ts'
import { alreadyDone, currentRecord, type Outcome, outcomeOf } from './outcome.ts'
import { type Duration, milliseconds } from './rule.ts'
import {
  cleanUpAfterGone,
  isGone,
  messageOf,
  type Run,
  readState,
  verify,
  whyGone,
  writeState,
} from './run.ts'
import { cancelSchedule, scheduleRelease } from './schedule.ts'
import { diff, foreignChanges, pathsOf, progress, restore } from './state.ts'

/** A failed release is scheduled again this often, each time after twice the delay. */
const maxRetries = 8
const firstRetryMs = 15 * 60_000
/** An extension never moves the release further away than this, however often it is asked for. */
const maxExtension: Duration = '7d'

/** The statuses from which a containment can be released. */
export const releasable: Status[] = ['containing', 'contained', 'failed', 'drifted']

export interface ReleaseOrder {
  containment: string
  by: By
  /** Restore what is ours although others changed the target; their changes stay. */
  force?: boolean | undefined
  /** Close the record without changing anything, where the target can no longer be restored. */
  leave?: boolean | undefined
}

/**
 * Ends a containment, on schedule or by a person: restores what it changed, and only if no one else changed it since
 * (else `drifted`). With `force`, everything of ours is restored and the changes of others stay.
 */
export async function release(run: Run, order: ReleaseOrder): Promise<Outcome> {
  const { by } = order
  const found = await currentRecord(run, order.containment)
  if ('outcome' in found) return found.outcome
  const { record } = found
  if (record.status === 'observed' || record.status === 'proposed')
    return closeContainment(run, record, 'closed', { by, from: [record.status], why: by.reason })
  if (!releasable.includes(record.status)) return alreadyDone(record)
  if (record.status === 'containing' && !isIdle(record)) return refuseWhileContaining(record, by)
  if (run.playbook.undo === 'none')
    return closeContainment(run, record, 'closed', {
      by,
      why: 'The change is permanent: the record is closed.',
    })
  if (order.leave)
    return closeContainment(run, record, 'closed', { by, why: by.reason ?? 'Closed without changes.' })
  return putBack(run, record, order)
}

// A write in progress would land after the release and would never be restored. The schedule retries; a person must.
function refuseWhileContaining(record: Containment, by: By): Outcome {
  const why = 'The containment is in progress: release it in one minute.'
  if (by.who === 'clock') throw notYet(why)
  return alreadyDone(record, why)
}

/** Restores what a containment changed and verifies it. A failure is recorded, and the schedule tries again. */
async function putBack(run: Run, record: Containment, order: ReleaseOrder): Promise<Outcome> {
  const { by, force } = order
  const context = contextOf(record, run.settings.prefix)
  try {
    const present = await readState(run, context, false)
    const ours = writtenStates(record)
    const foreign = foreignChanges(record.before, ours, present)
    if (foreign.length > 0 && !force) {
      const why = `Changed by others since: ${pathsOf(foreign)}`
      await move(record, releasable, step('drifted', by, why), { strays: foreign }, run.settings)
      return outcomeOf(record, 'drifted', why)
    }
    const goal = restore(record.before, ours, present)
    const changes = diff(present, goal)
    await writeState(run, goal, context)
    const missing = await verify(run, changes, context)
    if (missing.length > 0) throw new Error(`Restored, but verification failed for ${pathsOf(missing)}`)
    return await closeContainment(run, record, 'released', { by, why: by.reason })
  } catch (error) {
    return isGone(run, error) ? closeGone(run, record, order, error) : fail(run, record, order, error)
  }
}

async function closeGone(
  run: Run,
  record: Containment,
  order: ReleaseOrder,
  gone: unknown,
): Promise<Outcome> {
  try {
    await cleanUpAfterGone(run, record.before, contextOf(record, run.settings.prefix))
    return await closeContainment(run, record, 'closed', { by: order.by, why: whyGone(gone) })
  } catch (error) {
    return fail(run, record, order, error)
  }
}

async function fail(run: Run, record: Containment, { by }: ReleaseOrder, error: unknown): Promise<Outcome> {
  const { plan, after, history, id, target } = record
  const reverse = plan.changes.map((change) => ({ ...change, before: change.after, after: change.before }))
  // When the target cannot be read, no change counts as restored.
  const present = await readState(run, contextOf(record, run.settings.prefix), false).catch(() => after)
  const failure = { during: 'release' as const, error: failureText(error), ...progress(reverse, present) }
  const failures = history.filter(({ status }) => status === 'failed').length
  const due = new Date(Date.now() + firstRetryMs * 2 ** failures).toISOString()
  const retries = by.who === 'clock' && failures < maxRetries
  // The schedule that started this release deletes itself: without another one, it would never be released.
  if (retries)
    await scheduleRelease({ id, target, due, name: `${id}-${failures + 1}` }, run.settings).catch(
      () => undefined,
    )
  const also = { failure, ...(retries && { due }) }
  await move(record, releasable, step('failed', by, failure.error), also, run.settings)
  if (retryable(error)) throw error
  return outcomeOf(record, 'failed', failure.error)
}

const failureText = (error: unknown): string =>
  error instanceof Error && /AccessDenied|UnauthorizedOperation/.test(error.name)
    ? `${messageOf(error)}. If the target was excepted or protected since, remove that, release, and set it again.`
    : messageOf(error)

/** Moves a containment to its final status and deletes its schedule. */
export async function closeContainment(
  { settings }: Run,
  record: Containment,
  status: 'released' | 'closed',
  { by, from = releasable, why }: { by: By; from?: Status[]; why?: string | undefined },
): Promise<Outcome> {
  const moved = await move(record, from, step(status, by, why), {}, settings)
  // A schedule that fired deletes itself; one that is left after a person's release fires without effect.
  if (by.who !== 'clock') await cancelSchedule(record.id, settings).catch(() => undefined)
  return outcomeOf(record, moved ? status : 'already', why)
}

/** Postpones the release of a containment, up to the limit of the deployment. */
export async function extend(
  run: Run,
  order: { containment: string; for: Duration; by: By },
): Promise<Outcome> {
  const found = await currentRecord(run, order.containment)
  if ('outcome' in found) return found.outcome
  const { record } = found
  if (record.status !== 'contained' || run.playbook.undo === 'none') return alreadyDone(record)
  const now = Date.now()
  const { longest } = run.settings
  const latest = now + Math.min(milliseconds(maxExtension), longest ? milliseconds(longest) : Infinity)
  const wanted = Math.max(now, Date.parse(record.due)) + milliseconds(order.for)
  const due = new Date(Math.min(wanted, latest)).toISOString()
  if (due <= record.due)
    return alreadyDone(record, `It lasts until ${record.due}, the longest that this deployment allows.`)
  await scheduleRelease({ id: record.id, target: record.target, due }, run.settings)
  const why = `${order.by.reason ? `${order.by.reason}: ` : ''}it lasts until ${due}.`
  const moved = await move(record, ['contained'], step('contained', order.by, why), { due }, run.settings)
  return moved
    ? outcomeOf({ ...record, due }, 'contained', why)
    : alreadyDone(record, 'The containment has just ended.')
}
