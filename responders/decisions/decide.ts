import { readIncident } from '../../engine/journal/incidents.ts'
import type { Containment, Decision, Incident, Verb } from '../../engine/journal/record.ts'
import { alreadyDecided } from './already.ts'
import { answer, type OrderAnswer, refuseOrder } from './answer.ts'
import { authorize } from './authorize.ts'
import { checkCode } from './code.ts'
import { decisionOf, invoke, playbookCommandOf } from './execute.ts'
import { openForm } from './form.ts'
import type { Order } from './order.ts'
import type { Worker } from './place.ts'
import { closeRow, findRow, openRow, underWay } from './row.ts'
import type { Requester } from './who.ts'

/** A decision to be made: who asks for what about which containment. */
export interface Case {
  order: Order & { verb: Verb }
  who: Requester
  incident: Incident
  containment: Containment
}

/** Judges a decision, writes it down, carries it out, and writes down what became of it. */
export async function makeDecision(it: Case, place: Worker): Promise<OrderAnswer> {
  const { order, who, incident, containment } = it
  const { claim } = order
  const before = await findRow(incident.id, order, place.table)
  if (before && !isSame(before, it)) return refuseOrder(order, 'Another order has its id.', who.by)
  // What was begun and not finished is taken up again: the engine does nothing twice.
  if (before) return before.says === underWay ? carryOut(it, before, place) : { decision: before }

  const code = claim.how === 'mail' ? await checkCode(...codeOf(it, claim, place)) : undefined
  // Kept with the code, not as a decision: whoever holds a link cannot fill the journal in somebody's name.
  if (code && 'says' in code) return refuseOrder(order, code.says, who.by)
  const refusal = authorize({ ...it, person: who.person, stage: place.known.stage, now: new Date() })
  if (!refusal && claim.how === 'slack' && claim.trigger) return ask(it, place)

  const { id, at, verb } = order
  const pending = { id, at, verb, containment: containment.id, by: who.by, outcome: 'waiting' as const }
  const decision: Decision = { ...pending, says: underWay, ...refusal }
  const spent = code && !refusal ? [code.spend] : []
  const written = await openRow(incident.id, decision, place.table, spent)
  if (refusal) return { decision, plan: containment.plan }
  return written
    ? carryOut(it, decision, place)
    : refuseOrder(order, 'It was sent twice: look at the incident.', who.by)
}

/** Nobody takes up what somebody else has begun: it would be done in their name. */
const isSame = ({ verb, containment, by }: Decision, it: Case): boolean =>
  verb === it.order.verb &&
  containment === it.containment.id &&
  by.who === it.who.by.who &&
  by.how === it.who.by.how

const codeOf = (
  { order, incident }: Case,
  { person, code }: Extract<Order['claim'], { how: 'mail' }>,
  { table }: Worker,
) => [{ incident: incident.id, person, table }, code, order.id, new Date()] as const

async function carryOut(it: Case, decision: Decision, place: Worker): Promise<OrderAnswer> {
  const { order, incident, containment } = it
  const name = `${place.prefix}-${containment.playbook}`
  const outcome = await invoke(name, playbookCommandOf(order, containment, decision.by))
  const became = { ...decision, ...decisionOf(order, containment, outcome) }
  if (became.outcome === 'late') became.says = await firstWas(it, place, became.says)
  await closeRow(incident.id, became, place.table)
  return { decision: became, outcome, ...(outcome.plan && { plan: outcome.plan }) }
}

/** Somebody else decided between our look and our word: who, and when. */
async function firstWas({ incident, containment }: Case, { table }: Worker, says: string): Promise<string> {
  const now = (await readIncident(incident.id, table))?.containments.find(({ id }) => id === containment.id)
  return now && now.status !== containment.status ? alreadyDecided(now, new Date()) : says
}

/** A button that needs more words opens a form; what is sent with that is the decision. */
async function ask({ order, who, containment }: Case, place: Worker): Promise<OrderAnswer> {
  const { verb, claim, id } = order
  if (claim.how === 'slack' && (verb === 'deny' || verb === 'undo' || verb === 'extend'))
    await openForm({ id, verb, claim }, containment, place.prefix, () => previewUndo(containment, place))
  return answer(order, 'done', 'A form was opened.', who.by)
}

/** What the end of a containment would change now, and what others changed since. */
export const previewUndo = ({ playbook, target, id }: Containment, { prefix }: Worker) =>
  invoke(`${prefix}-${playbook}`, { do: 'plan', target, containment: id })
