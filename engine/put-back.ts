import { end, type Order, releasable } from './end.ts'
import { retryable } from './errors.ts'
import { outcomeOf } from './finish.ts'
import { move } from './journal.ts'
import { contextOf } from './open.ts'
import type { Containment } from './record.ts'
import {
  isGone,
  messageOf,
  type Outcome,
  type Run,
  read,
  step,
  sweep,
  verify,
  whyGone,
  write,
} from './run.ts'
import { diff, progress, restore, strays } from './state.ts'
import { book } from './timer.ts'

/** A release that the clock could not carry out is booked again this often, each time twice as far off. */
const mostBookings = 8
const firstPauseMs = 15 * 60_000

/** Puts back what a containment changed, and reads it back. What fails is said, and tried again by the clock. */
export async function putBack(run: Run, record: Containment, order: Order): Promise<Outcome> {
  const { by, force } = order
  const context = contextOf(record, run.it.prefix)
  try {
    const present = await read(run, context, false)
    const ours = [...(record.earlier ?? []), record.after]
    const foreign = strays(record.before, ours, present)
    if (foreign.length > 0 && !force) {
      const why = `Changed by others since: ${foreign.map(({ path }) => path).join(', ')}`
      await move(record, releasable, step('drifted', by, why), { strays: foreign }, run.it)
      return outcomeOf(record, 'drifted', why)
    }
    const goal = restore(record.before, ours, present)
    const back = diff(present, goal)
    await write(run, goal, context)
    const missing = await verify(run, back, context)
    if (missing.length > 0)
      throw new Error(`Put back but not read back: ${missing.map(({ path }) => path).join(', ')}`)
    return await end(run, record, 'released', { by, why: by.reason })
  } catch (error) {
    return isGone(run, error) ? leave(run, record, order, error) : fail(run, record, order, error)
  }
}

async function leave(run: Run, record: Containment, order: Order, gone: unknown): Promise<Outcome> {
  try {
    await sweep(run, record.before, contextOf(record, run.it.prefix))
    return await end(run, record, 'closed', { by: order.by, why: whyGone(gone) })
  } catch (error) {
    return fail(run, record, order, error)
  }
}

async function fail(run: Run, record: Containment, { by }: Order, error: unknown): Promise<Outcome> {
  const { plan, after: ours, history, id, target } = record
  const reverse = plan.changes.map(({ path, before, after }) => ({ path, before: after, after: before }))
  // Where nothing can be read, nothing is said to be undone.
  const present = await read(run, contextOf(record, run.it.prefix), false).catch(() => ours)
  const failure = { during: 'release' as const, error: wordsOf(error), ...progress(reverse, present) }
  const turn = history.filter(({ status }) => status === 'failed').length
  const due = new Date(Date.now() + firstPauseMs * 2 ** turn).toISOString()
  const again = by.who === 'clock' && turn < mostBookings
  // The booking that brought us here deletes itself; without another one the gate would stay down for good.
  if (again) await book({ id, target, due, name: `${id}-${turn + 1}` }, run.it).catch(() => undefined)
  const also = { failure, ...(again && { due }) }
  await move(record, releasable, step('failed', by, failure.error), also, run.it)
  if (retryable(error)) throw error
  return outcomeOf(record, 'failed', failure.error)
}

const wordsOf = (error: unknown): string =>
  error instanceof Error && /AccessDenied|UnauthorizedOperation/.test(error.name)
    ? `${messageOf(error)}. If the target was excepted or protected since, lift that, release, and set it again.`
    : messageOf(error)
