import { readIncident } from '../../../engine/journal/incidents.ts'
import type { Containment, Decision, Incident, Verb } from '../../../engine/journal/record.ts'
import type { KnownParameters } from '../../channels/secrets.ts'
import { alreadyDecided } from '../authorize/already-decided.ts'
import { authorize } from '../authorize/authorize.ts'
import type { Order } from '../order.ts'
import { answerOrder, type OrderAnswer, refuseOrder } from '../order-answer.ts'
import { checkCode } from '../proof/code.ts'
import type { Requester } from '../proof/requester.ts'
import { openForm } from '../slack/form.ts'
import { findDecision, inProgress, recordDecision, recordOutcome } from './decision-record.ts'
import { decisionOf, invokePlaybook, playbookCommandOf } from './execute.ts'

/** The deployment that a worker decides for. */
export interface WorkerContext {
  /** `portcullis-<stage>`: the names of the playbooks' functions begin with it. */
  prefix: string
  /** The name of the journal's table. */
  table: string
  known: KnownParameters
}

/** An order about one containment, and who sent it. */
export interface DecisionCase {
  order: Order & { verb: Verb }
  requester: Requester
  incident: Incident
  containment: Containment
}

/** Authorizes a decision, records it, executes it, and records its outcome. */
export async function makeDecision(matter: DecisionCase, context: WorkerContext): Promise<OrderAnswer> {
  const { order, requester, incident, containment } = matter
  const { claim } = order
  const earlier = await findDecision(incident.id, order, context.table)
  if (earlier && !isSame(earlier, matter))
    return refuseOrder(order, 'Another order has the same id.', requester.by)
  // A decision that was interrupted is resumed: the engine does nothing twice.
  if (earlier) return earlier.says === inProgress ? execute(matter, earlier, context) : { decision: earlier }

  const code = claim.how === 'mail' ? await checkCode(...codeArguments(matter, claim, context)) : undefined
  // A wrong code is kept with the code and not as a decision, so a stolen link cannot fill the journal.
  if (code && 'says' in code) return refuseOrder(order, code.says, requester.by)
  const { person } = requester
  const refusal = authorize({ ...matter, person, routing: context.known.routing, now: new Date() })
  if (!refusal && claim.how === 'slack' && claim.trigger) return askInForm(matter, context)

  const { id, at, verb } = order
  const pending = { id, at, verb, containment: containment.id, by: requester.by, outcome: 'waiting' as const }
  const decision: Decision = { ...pending, says: inProgress, ...refusal }
  const spent = code && !refusal ? [code.spend] : []
  const written = await recordDecision(incident.id, decision, context.table, spent)
  if (refusal) return { decision, plan: containment.plan }
  return written
    ? execute(matter, decision, context)
    : refuseOrder(order, 'This order was sent twice. Check the incident for its outcome.', requester.by)
}

/** Only the same person may resume a decision: it is executed in their name. */
const isSame = ({ verb, containment, by }: Decision, { order, requester, ...matter }: DecisionCase) =>
  verb === order.verb &&
  containment === matter.containment.id &&
  by.who === requester.by.who &&
  by.how === requester.by.how

const codeArguments = (
  { order, incident }: DecisionCase,
  { person, code }: Extract<Order['claim'], { how: 'mail' }>,
  { table }: WorkerContext,
) => [{ incident: incident.id, person, table }, code, order.id, new Date()] as const

async function execute(
  matter: DecisionCase,
  decision: Decision,
  context: WorkerContext,
): Promise<OrderAnswer> {
  const { order, incident, containment } = matter
  const name = `${context.prefix}-${containment.playbook}`
  const outcome = await invokePlaybook(name, playbookCommandOf(order, containment, decision.by))
  const decided = { ...decision, ...decisionOf(order, containment, outcome) }
  if (decided.outcome === 'late') decided.says = await firstDecision(matter, context, decided.says)
  await recordOutcome(incident.id, decided, context.table)
  return { decision: decided, outcome, ...(outcome.plan && { plan: outcome.plan }) }
}

/** Another person decided between our read and our command: who it was, and when. */
async function firstDecision(
  { incident, containment }: DecisionCase,
  { table }: WorkerContext,
  says: string,
): Promise<string> {
  const now = (await readIncident(incident.id, table))?.containments.find(({ id }) => id === containment.id)
  return now && now.status !== containment.status ? alreadyDecided(now, new Date()) : says
}

/** Opens the form of a button that needs more input; its submission is the decision. */
async function askInForm(
  { order, requester, containment }: DecisionCase,
  context: WorkerContext,
): Promise<OrderAnswer> {
  const { verb, claim, id } = order
  if (claim.how === 'slack' && (verb === 'deny' || verb === 'undo' || verb === 'extend'))
    await openForm({ id, verb, claim }, containment, context.prefix, () => previewUndo(containment, context))
  return answerOrder(order, 'done', 'A form was opened.', requester.by)
}

/** What releasing a containment would change now, and what others changed since. */
export const previewUndo = ({ playbook, target, id }: Containment, { prefix }: WorkerContext) =>
  invokePlaybook(`${prefix}-${playbook}`, { do: 'plan', target, containment: id })
