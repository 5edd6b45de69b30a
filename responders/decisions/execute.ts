import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { By } from '../../engine/command.ts'
import type { Containment, Decision, Verb } from '../../engine/journal/record.ts'
import type { Outcome } from '../../engine/outcome.ts'
import type { Order } from './order.ts'

let lambda: LambdaClient | undefined

/** What the playbook's function is sent for an order that is allowed. Pure. */
export function playbookCommandOf(
  { verb, plan: consent = '', for: lasts, force, leave, claim }: Deed,
  { id: containment, target, plan, failure, status }: Containment,
  by: By,
): object {
  const common = { target, containment, by }
  // Messages and pages show what others changed and say that it stays; a command says it itself.
  const keeps = force || (status === 'drifted' && claim.how !== 'iam')
  const release = { do: 'release', ...common, ...(keeps && { force: true }), ...(leave && { leave }) }
  if (verb === 'deny' || verb === 'undo') return release
  if (verb === 'extend') return { do: 'extend', ...common, for: lasts }
  // Tried again is what failed: an undoing that failed is not a containment to be made.
  if (verb === 'retry' && failure?.during === 'release') return release
  // The engine is told what was consented to, also when that is the plan no more.
  return { do: 'contain', ...common, plan: plan.hash.startsWith(consent) ? plan.hash : consent }
}

/**
 * Sends the playbook's function a command and gives its one outcome; `failed` when the function threw. Throws when it
 * could not be asked.
 */
export async function invoke(name: string, command: object): Promise<Partial<Outcome>> {
  lambda ??= new LambdaClient({})
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(command) }),
  )
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null')
  if (FunctionError) return { status: 'failed', why: String(answer?.errorMessage ?? FunctionError) }
  return answer?.[0] ?? { status: 'failed', why: `${name} gave no answer.` }
}

type Deed = Order & { verb: Verb }

/** What is not `done`. */
const outcomes: Record<string, Decision['outcome']> = {
  already: 'late',
  superseded: 'superseded',
  guarded: 'refused',
  failed: 'failed',
  drifted: 'failed',
  parked: 'failed',
}

/** What an outcome means to whoever decided. Pure. */
export function decisionOf(
  { verb, leave }: Pick<Deed, 'verb' | 'leave'>,
  { ask }: Containment,
  { status = 'failed', why }: Partial<Outcome>,
): Pick<Decision, 'outcome' | 'says'> {
  const says = why ?? `It is ${status}.`
  // Still proposed: others must approve as well, or the stage lets nothing be done.
  if (status === 'proposed') return { outcome: (ask?.approvals ?? 1) > 1 ? 'waiting' : 'refused', says }
  const outcome = outcomes[status]
  if (outcome) return { outcome, says }
  if (verb === 'undo' && leave) return { outcome: 'done', says: 'Ended: what was changed stays changed.' }
  if (verb === 'undo' && status === 'closed') return { outcome: 'done', says: `Ended: ${says}` }
  return { outcome: 'done', says: verb === 'extend' ? `Extended: ${says}` : done[verb] }
}

const done: Record<Verb, string> = {
  approve: 'Approved: it is contained.',
  deny: 'Denied: nothing was changed.',
  undo: 'Undone: what the containment changed is as it was before.',
  extend: 'Extended.',
  retry: 'Tried again: it is done.',
}
