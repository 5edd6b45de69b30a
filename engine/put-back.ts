import { outcomeOf } from './apply-containment.ts'
import { closeContainment, type ReleaseOrder, releasable } from './close-containment.ts'
import { retryable } from './errors.ts'
import { move } from './journal/journal.ts'
import type { Containment } from './journal/record.ts'
import { contextOf } from './new-record.ts'
import {
  cleanUpAfterGone,
  isGone,
  messageOf,
  type Outcome,
  type Run,
  readState,
  step,
  verify,
  whyGone,
  writeState,
} from './run.ts'
import { scheduleRelease } from './schedule.ts'
import { diff, foreignChanges, progress, restore } from './state.ts'

/** A release that the clock could not carry out is booked again this often, each time twice as far off. */
const mostBookings = 8
const firstPauseMs = 15 * 60_000

/** Puts back what a containment changed, and reads it back. What fails is said, and tried again by the clock. */
export async function putBack(run: Run, record: Containment, order: ReleaseOrder): Promise<Outcome> {
  const { by, force } = order
  const context = contextOf(record, run.settings.prefix)
  try {
    const present = await readState(run, context, false)
    const ours = [...(record.earlier ?? []), record.after]
    const foreign = foreignChanges(record.before, ours, present)
    if (foreign.length > 0 && !force) {
      const why = `Changed by others since: ${foreign.map(({ path }) => path).join(', ')}`
      await move(record, releasable, step('drifted', by, why), { strays: foreign }, run.settings)
      return outcomeOf(record, 'drifted', why)
    }
    const goal = restore(record.before, ours, present)
    const back = diff(present, goal)
    await writeState(run, goal, context)
    const missing = await verify(run, back, context)
    if (missing.length > 0)
      throw new Error(`Put back but not read back: ${missing.map(({ path }) => path).join(', ')}`)
    return await closeContainment(run, record, 'released', { by, why: by.reason })
  } catch (error) {
    return isGone(run, error) ? leave(run, record, order, error) : fail(run, record, order, error)
  }
}

async function leave(run: Run, record: Containment, order: ReleaseOrder, gone: unknown): Promise<Outcome> {
  try {
    await cleanUpAfterGone(run, record.before, contextOf(record, run.settings.prefix))
    return await closeContainment(run, record, 'closed', { by: order.by, why: whyGone(gone) })
  } catch (error) {
    return fail(run, record, order, error)
  }
}

async function fail(run: Run, record: Containment, { by }: ReleaseOrder, error: unknown): Promise<Outcome> {
  const { plan, after: ours, history, id, target } = record
  const reverse = plan.changes.map(({ path, before, after }) => ({ path, before: after, after: before }))
  // Where nothing can be read, nothing is said to be undone.
  const present = await readState(run, contextOf(record, run.settings.prefix), false).catch(() => ours)
  const failure = { during: 'release' as const, error: wordsOf(error), ...progress(reverse, present) }
  const turn = history.filter(({ status }) => status === 'failed').length
  const due = new Date(Date.now() + firstPauseMs * 2 ** turn).toISOString()
  const again = by.who === 'clock' && turn < mostBookings
  // The booking that brought us here deletes itself; without another one the gate would stay down for good.
  if (again)
    await scheduleRelease({ id, target, due, name: `${id}-${turn + 1}` }, run.settings).catch(() => undefined)
  const also = { failure, ...(again && { due }) }
  await move(record, releasable, step('failed', by, failure.error), also, run.settings)
  if (retryable(error)) throw error
  return outcomeOf(record, 'failed', failure.error)
}

const wordsOf = (error: unknown): string =>
  error instanceof Error && /AccessDenied|UnauthorizedOperation/.test(error.name)
    ? `${messageOf(error)}. If the target was excepted or protected since, lift that, release, and set it again.`
    : messageOf(error)
