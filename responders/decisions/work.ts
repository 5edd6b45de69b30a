import { readIncident } from '../../engine/journal/incidents.ts'
import { type Containment, type Incident, type Verb, verbs } from '../../engine/journal/record.ts'
import { mayDecide } from '../channels/route.ts'
import { answer, type OrderAnswer, refuseOrder } from './answer.ts'
import { approversOf, fits } from './authorize.ts'
import { makeDecision, previewUndo } from './decide.ts'
import { mailCode } from './mail-code.ts'
import type { Order } from './order.ts'
import { pause } from './pause.ts'
import type { Worker } from './place.ts'
import { Unproven } from './proof.ts'
import { whisper } from './slack-feedback.ts'
import { type Requester, requesterOf } from './who.ts'

/**
 * Does what an order asks for, if whoever sent it may. Delivered again it does nothing twice, and answers again.
 * Throws what may succeed when it is delivered again.
 */
export async function workOrder(order: Order, place: Worker): Promise<OrderAnswer> {
  const settled = await settleFor(order, place)
  if (order.claim.how === 'slack') await whisper(order.claim, settled.decision, place.prefix)
  return settled
}

async function settleFor(order: Order, place: Worker): Promise<OrderAnswer> {
  const { prefix, table, known } = place
  const { verb, stage, claim } = order
  if (stage && stage !== prefix) return refuseOrder(order, `It is for ${stage}, and this is ${prefix}.`)
  const who = await proven(order, place)
  if ('says' in who) return refuseOrder(order, who.says)
  if (verb === 'pause' || verb === 'resume') return hold(order, who, place)

  const incident = order.incident && (await readIncident(order.incident, table))
  if (!incident)
    return refuseOrder(order, `There is no incident ${order.incident ?? 'in the order'}.`, who.by)
  if (verb === 'code') {
    const box = { incident: incident.id, person: claim.how === 'mail' ? claim.person : '', table }
    await mailCode(order, box, who.person, known.stage)
    return answer(order, 'done', 'A code was asked for.', who.by)
  }
  const containment = containmentOf(order, incident)
  if (!containment)
    return refuseOrder(order, `Of ${incident.id}, name the containment that you mean.`, who.by)
  if (isVerb(verb)) return makeDecision({ order: { ...order, verb }, who, incident, containment }, place)
  const outcome = await previewUndo(containment, place)
  const said = answer(order, 'done', outcome.why ?? 'This is what it would change now.', who.by)
  return { ...said, outcome, ...(outcome.plan && { plan: outcome.plan }) }
}

const proven = (order: Order, { known }: Worker): Promise<Requester | { says: string }> =>
  requesterOf(order, known.stage).catch((error) => {
    if (error instanceof Unproven) return { says: error.message }
    throw error
  })

/** What holds every playbook back is not for a message's button. */
async function hold(
  order: Order,
  { by, person }: Requester,
  { table, known: { stage } }: Worker,
): Promise<OrderAnswer> {
  if (order.claim.how !== 'iam')
    return refuseOrder(order, `Use your AWS credentials: portcullis ${order.verb}.`, by)
  if (!person || !mayDecide(stage, person))
    return refuseOrder(order, `Only ${approversOf(stage)} can decide.`, by)
  const { outcome, says } = await pause(order, by, table, new Date())
  return answer(order, outcome, says, by)
}

/** The one that is named; or the only one that what is asked for fits. */
function containmentOf({ containment, verb }: Order, { containments }: Incident): Containment | undefined {
  if (containment) return containments.find(({ id }) => id === containment)
  const statuses = fits[isVerb(verb) ? verb : 'undo']
  const fitting = containments.filter(({ status }) => statuses.includes(status))
  const possible = fitting.length > 0 ? fitting : containments
  return possible.length === 1 ? possible[0] : undefined
}

const isVerb = (verb: Order['verb']): verb is Verb => verbs.some((one) => one === verb)
