import type { By } from './command.ts'
import { retryable } from './errors.ts'
import { current, move } from './journal/journal.ts'
import type { Containment } from './journal/record.ts'
import { contextOf } from './new-record.ts'
import { messageOf, type Outcome, type Run, readState, step, verify, writeState } from './run.ts'
import { scheduleRelease } from './schedule.ts'
import { progress } from './state.ts'

/** A containment that is finished after its release was due gets this much longer. */
const graceMs = 300_000

/** Carries out an entered containment: book ▸ write ▸ verify ▸ move. */
export async function applyContainment(run: Run, record: Containment, by: By): Promise<Outcome> {
  const context = contextOf(record, run.settings.prefix)
  const due = new Date(
    Math.max(Date.parse(record.due), Date.now() + (isLate(record) ? graceMs : 0)),
  ).toISOString()
  const { changes } = record.plan
  try {
    // The release is booked before the gate drops: undoing nothing is harmless, forgetting to undo is not.
    await scheduleRelease({ id: record.id, target: record.target, due }, run.settings)
    await writeState(run, record.after, context)
    const missing = await verify(run, changes, context)
    if (missing.length > 0)
      throw new Error(`Written but not read back: ${missing.map(({ path }) => path).join(', ')}`)
  } catch (error) {
    const present = await readState(run, context, false).catch(() => record.before)
    const failure = { during: 'contain' as const, error: messageOf(error), ...progress(changes, present) }
    if (
      !(await move(
        record,
        ['containing', 'failed'],
        step('failed', by, failure.error),
        { failure, due },
        run.settings,
      ))
    )
      return yieldTo(run, record)
    if (retryable(error)) throw error
    return outcomeOf(record, 'failed', failure.error)
  }
  if (await move(record, ['containing', 'failed'], step('contained', by), { due }, run.settings))
    return outcomeOf(record, 'contained')
  return yieldTo(run, record)
}

/** Somebody else moved the record on while we wrote: another delivery finished it, or a release overtook us. */
async function yieldTo(run: Run, record: Containment): Promise<Outcome> {
  const now = await current(record.playbook, record.target, run.settings)
  if (now?.id !== record.id) return outcomeOf(record, 'superseded')
  // What we wrote after the release looked would stay for ever: nobody holds a record of it any more.
  if (now.status === 'released') await writeState(run, record.before, contextOf(record, run.settings.prefix))
  return outcomeOf(now, now.status)
}

const isLate = (record: Containment) => Date.parse(record.due) <= Date.now()

/** What a record says of itself, as the door answers it. */
export const outcomeOf = (record: Containment, status: Outcome['status'], why?: string): Outcome => ({
  playbook: record.playbook,
  target: record.target,
  containment: record.id,
  incident: record.incident,
  status,
  plan: record.plan,
  ...(why !== undefined && { why }),
})
