import { fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import { partitionOf } from '../lib/partition.ts'
import { Gone } from './errors.ts'
import { guardReading } from './guard.ts'
import {
  type AnyPlaybook,
  type ClientClass,
  type Clients,
  type Context,
  completeState,
  type Made,
  type ReadContext,
} from './playbook.ts'
import { sessionPolicyOf } from './policy.ts'
import type { Settings } from './settings.ts'
import { type Change, progress, type State } from './state.ts'
import type { AnyTarget } from './target.ts'

/** One playbook applied to one target. */
export interface Run {
  playbook: AnyPlaybook
  target: AnyTarget
  settings: Settings
}

/** The target's state. While planning, throws `Guarded` if its tags or names say that it may not be touched. */
export async function readState(run: Run, context: ReadContext, planning: boolean): Promise<State> {
  const { playbook, target, settings } = run
  const reading = await playbook.read(target, clientsFor(playbook, target, settings), context)
  const refusal = planning ? guardReading(target, reading, settings, new Date()) : undefined
  if (refusal) throw refusal
  return completeState(reading)
}

/** The result of a read for planning: the state, or the error that stopped it. */
export type PlanReading = { state: State } | { error: unknown }

/**
 * Reads the target for planning. It never rejects: the read starts before the journal answers whether the target is
 * free, and its result is used only then.
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

/** Removes what the containment left around a target that is gone. */
export const cleanUpAfterGone = async (
  { playbook, target, settings }: Run,
  before: State,
  context: Context,
): Promise<void> =>
  playbook.cleanUpAfterGone?.(target, before, clientsFor(playbook, target, settings), context)

/** The wait before a target is read again, doubled each time. */
const firstPauseMs = 100

/**
 * Reads the target until every change is in place, for at most the time in which the service shows what was written
 * (`settles`). Returns the changes that are missing then; empty means verified.
 */
export async function verify(run: Run, changes: Change[], context: Context): Promise<Change[]> {
  const deadline = Date.now() + (run.playbook.settles ?? 10) * 1000
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    const { missing } = progress(changes, await readState(run, context, false))
    if (missing.length === 0 || Date.now() + pauseMs > deadline) return missing
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

/** Whether an error means that the target does not exist. */
export const isGone = ({ playbook }: Run, error: unknown): boolean =>
  error instanceof Error && (error instanceof Gone || (playbook.gone?.includes(error.name) ?? false))

/** Why the target is gone: a playbook may give a more precise reason than AWS does. */
export const whyGone = (error: unknown): string =>
  error instanceof Gone && error.message ? error.message : 'The target does not exist.'

/** The name and message of an error. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

const clients = new Map<string, object>()

/**
 * The playbook's clients for the account and Region of a target, made once per container. In the account of the stack
 * they use the function's own role; elsewhere they assume the member role, narrowed to the playbook's grants.
 */
function clientsFor<C extends Clients>(
  playbook: Omit<AnyPlaybook, 'clients'> & { clients: C },
  target: { account: string; region: string },
  { account, memberRole, prefix }: Settings,
): Made<C> {
  const location = playbook.home ? { account, region: process.env.AWS_REGION } : target
  const entries = Object.entries<ClientClass>(playbook.clients).map(([name, Client]) => {
    const key = `${playbook.name} ${location.account} ${location.region} ${name}`
    const client = clients.get(key) ?? new Client({ region: location.region, ...credentials() })
    clients.set(key, client)
    return [name, client]
  })
  return Object.fromEntries(entries) as Made<C>

  function credentials() {
    if (location.account === account) return {}
    const params = {
      RoleArn: `arn:${partitionOf(target.region)}:iam::${target.account}:role/${memberRole}`,
      RoleSessionName: `${prefix}-${playbook.name}`.slice(0, 64),
      Policy: sessionPolicyOf(playbook),
    }
    return { credentials: fromTemporaryCredentials({ params }) }
  }
}
