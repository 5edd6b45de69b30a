import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { By } from '../../../engine/command.ts'
import type { Containment, Decision, Verb } from '../../../engine/journal/record.ts'
import type { Outcome } from '../../../engine/outcome.ts'
import type { Order } from '../order.ts'

type DecisionOrder = Order & { verb: Verb }

let lambda: LambdaClient | undefined

/** The command for the playbook's function that carries out an authorized order. Pure. */
export function playbookCommandOf(
  { verb, plan: consent = '', for: duration, force, leave, claim }: DecisionOrder,
  { id: containment, target, plan, failure, status }: Containment,
  by: By,
): object {
  const common = { target, containment, by }
  // Messages and pages show what others changed and say that it stays; the CLI must pass --force.
  const keepsDrift = force || (status === 'drifted' && claim.how !== 'iam')
  const release = { do: 'release', ...common, ...(keepsDrift && { force: true }), ...(leave && { leave }) }
  if (verb === 'deny' || verb === 'undo') return release
  if (verb === 'extend') return { do: 'extend', ...common, for: duration }
  // A retry repeats what failed; after a failed release that is the release.
  if (verb === 'retry' && failure?.during === 'release') return release
  // The engine compares the plan that was consented to with the present one.
  return { do: 'contain', ...common, plan: plan.hash.startsWith(consent) ? plan.hash : consent }
}

/**
 * Invokes the playbook's function with a command and returns its outcome, with status `failed` when the function
 * threw. Throws when the function could not be invoked.
 */
export async function invokePlaybook(name: string, command: object): Promise<Partial<Outcome>> {
  lambda ??= new LambdaClient({})
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(command) }),
  )
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null')
  if (FunctionError) return { status: 'failed', why: String(answer?.errorMessage ?? FunctionError) }
  return answer?.[0] ?? { status: 'failed', why: `${name} returned no answer.` }
}

/** The engine's outcomes that mean something else than `done`. */
const decisionOutcomes: Record<string, Decision['outcome']> = {
  already: 'late',
  superseded: 'superseded',
  guarded: 'refused',
  failed: 'failed',
  drifted: 'failed',
  parked: 'failed',
}

const doneWords: Record<Verb, string> = {
  approve: 'Approved and contained.',
  deny: 'Denied. Nothing was changed.',
  undo: 'Undone. Everything the containment changed is back in its earlier state.',
  extend: 'Extended.',
  retry: 'Retried successfully.',
}

/** What an outcome of the engine means for the decision. Pure. */
export function decisionOf(
  { verb, leave }: Pick<DecisionOrder, 'verb' | 'leave'>,
  { ask }: Containment,
  { status = 'failed', why }: Partial<Outcome>,
): Pick<Decision, 'outcome' | 'says'> {
  const says = why ?? `The containment is ${status}.`
  // Still proposed: another approver must approve too, or the stage's ceiling forbids the change.
  if (status === 'proposed') return { outcome: (ask?.approvals ?? 1) > 1 ? 'waiting' : 'refused', says }
  const outcome = decisionOutcomes[status]
  if (outcome) return { outcome, says }
  if (verb === 'undo' && leave) return { outcome: 'done', says: 'Ended. What was changed stays changed.' }
  if (verb === 'undo' && status === 'closed') return { outcome: 'done', says: `Ended: ${says}` }
  return { outcome: 'done', says: verb === 'extend' ? `Extended: ${says}` : doneWords[verb] }
}
