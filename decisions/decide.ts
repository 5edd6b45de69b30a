import { readIncident } from '../engine/incidents.ts'
import type { Containment, Decision, Incident, Verb } from '../engine/record.ts'
import { already } from './already.ts'
import { type Answer, answer, refuse } from './answer.ts'
import { commandOf, decided, invoke } from './carry-out.ts'
import { checkCode } from './code.ts'
import { openForm } from './form.ts'
import { judge } from './judge.ts'
import type { Order } from './order.ts'
import type { Place } from './place.ts'
import { closeRow, findRow, openRow, underWay } from './row.ts'
import type { Who } from './who.ts'

/** A decision to be made: who asks for what about which containment. */
export interface Case {
  order: Order & { verb: Verb }
  who: Who
  incident: Incident
  containment: Containment
}

/** Judges a decision, writes it down, carries it out, and writes down what became of it. */
export async function decide(it: Case, place: Place): Promise<Answer> {
  const { order, who, incident, containment } = it
  const { claim } = order
  const before = await findRow(incident.id, order, place.table)
  if (before && !isSame(before, it)) return refuse(order, 'Another order has its id.', who.by)
  // What was begun and not finished is taken up again: the engine does nothing twice.
  if (before) return before.says === underWay ? carryOut(it, before, place) : { decision: before }

  const code = claim.how === 'mail' ? await checkCode(...codeOf(it, claim, place)) : undefined
  // Kept with the code, not as a decision: whoever holds a link cannot fill the journal in somebody's name.
  if (code && 'says' in code) return refuse(order, code.says, who.by)
  const refusal = judge({ ...it, person: who.person, stage: place.known.stage, now: new Date() })
  if (!refusal && claim.how === 'slack' && claim.trigger) return ask(it, place)

  const { id, at, verb } = order
  const pending = { id, at, verb, containment: containment.id, by: who.by, outcome: 'waiting' as const }
  const decision: Decision = { ...pending, says: underWay, ...refusal }
  const spent = code && !refusal ? [code.spend] : []
  const written = await openRow(incident.id, decision, place.table, spent)
  if (refusal) return { decision, plan: containment.plan }
  return written
    ? carryOut(it, decision, place)
    : refuse(order, 'It was sent twice: look at the incident.', who.by)
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
  { table }: Place,
) => [{ incident: incident.id, person, table }, code, order.id, new Date()] as const

async function carryOut(it: Case, decision: Decision, place: Place): Promise<Answer> {
  const { order, incident, containment } = it
  const name = `${place.prefix}-${containment.playbook}`
  const outcome = await invoke(name, commandOf(order, containment, decision.by))
  const became = { ...decision, ...decided(order, containment, outcome) }
  if (became.outcome === 'late') became.says = await firstWas(it, place, became.says)
  await closeRow(incident.id, became, place.table)
  return { decision: became, outcome, ...(outcome.plan && { plan: outcome.plan }) }
}

/** Somebody else decided between our look and our word: who, and when. */
async function firstWas({ incident, containment }: Case, { table }: Place, says: string): Promise<string> {
  const now = (await readIncident(incident.id, table))?.containments.find(({ id }) => id === containment.id)
  return now && now.status !== containment.status ? already(now, new Date()) : says
}

/** A button that needs more words opens a form; what is sent with that is the decision. */
async function ask({ order, who, containment }: Case, place: Place): Promise<Answer> {
  const { verb, claim, id } = order
  if (claim.how === 'slack' && (verb === 'deny' || verb === 'undo' || verb === 'extend'))
    await openForm({ id, verb, claim }, containment, place.prefix, () => previewUndo(containment, place))
  return answer(order, 'done', 'A form was opened.', who.by)
}

/** What the end of a containment would change now, and what others changed since. */
export const previewUndo = ({ playbook, target, id }: Containment, { prefix }: Place) =>
  invoke(`${prefix}-${playbook}`, { do: 'plan', target, containment: id })
