import { clientsFor } from './clients.ts'
import type { By } from './command.ts'
import { Gone } from './errors.ts'
import { guardReading } from './guard.ts'
import type { Status, Step } from './journal/record.ts'
import type { Plan } from './plan.ts'
import { type AnyPlaybook, type Context, completeState, type ReadContext } from './playbook.ts'
import type { Settings } from './settings.ts'
import { type Change, progress, type State } from './state.ts'
import type { AnyTarget } from './target.ts'

/** A playbook at work on one target. */
export interface Run {
  playbook: AnyPlaybook
  target: AnyTarget
  settings: Settings
}

/** What became of one target, as the door answers it. */
export interface Outcome {
  playbook: string
  target: AnyTarget
  /** A record's status, or why there is no new one. */
  status: Status | 'guarded' | 'planned' | 'already' | 'superseded' | 'parked'
  containment?: string
  incident?: string
  why?: string
  plan?: Pick<Plan, 'hash' | 'changes' | 'caveats' | 'undo'>
  /** Of a release that is planned: what others changed since, which stays. */
  strays?: Change[]
  /** From the command's arrival to what was read back. */
  milliseconds?: number
}

/** The target's state. While planning, throws `Guarded` if its tags or names say that it may not be touched. */
export async function readState(run: Run, context: ReadContext, planning: boolean): Promise<State> {
  const { playbook, target, settings } = run
  const reading = await playbook.read(target, clientsFor(playbook, target, settings), context)
  const refusal = planning ? guardReading(target, reading, settings, new Date()) : undefined
  if (refusal) throw refusal
  return completeState(reading)
}

/** What a planning read found, or why it found nothing. */
export type PlanReading = { state: State } | { error: unknown }

/**
 * A read for planning, and what became of it: it is begun before the journal has said whether the target is free,
 * and counts only when it has.
 */
export const readForPlan = (run: Run, context: ReadContext): Promise<PlanReading> =>
  readState(run, context, true).then(
    (state) => ({ state }),
    (error: unknown) => ({ error }),
  )

export const writeState = (
  { playbook, target, settings }: Run,
  state: State,
  context: Context,
): Promise<void> => playbook.write(target, state, clientsFor(playbook, target, settings), context)

/** The target is gone: what we left around it goes too. */
export const cleanUpAfterGone = async (
  { playbook, target, settings }: Run,
  before: State,
  context: Context,
): Promise<void> =>
  playbook.cleanUpAfterGone?.(target, before, clientsFor(playbook, target, settings), context)

const firstPause = 100

/**
 * Reads until every change holds, for as long as the playbook's service may take to show what was written.
 * Gives what does not hold by then: empty is verified.
 */
export async function verify(run: Run, changes: Change[], context: Context): Promise<Change[]> {
  const end = Date.now() + (run.playbook.settles ?? 10) * 1000
  for (let pause = firstPause; ; pause *= 2) {
    const { missing } = progress(changes, await readState(run, context, false))
    if (missing.length === 0 || Date.now() + pause > end) return missing
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

/** A step of a containment's life, now. */
export const step = (status: Status, by: By, why?: string): Step => ({
  at: new Date().toISOString(),
  status,
  by,
  ...(why !== undefined && { why }),
})

export const isGone = ({ playbook }: Run, error: unknown): boolean =>
  error instanceof Error && (error instanceof Gone || (playbook.gone?.includes(error.name) ?? false))

/** A playbook may know more of it than AWS says. */
export const whyGone = (error: unknown): string =>
  error instanceof Gone && error.message ? error.message : 'The target does not exist (any more).'

export const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)
