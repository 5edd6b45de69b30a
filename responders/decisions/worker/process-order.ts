import { readIncident } from '../../../engine/journal/incidents.ts'
import { type Containment, type Incident, type Verb, verbs } from '../../../engine/journal/record.ts'
import { mayDecide, onlyApprovers } from '../../people.ts'
import { statusesFor } from '../authorize/authorize.ts'
import type { Order } from '../order.ts'
import { answerOrder, type OrderAnswer, refuseOrder } from '../order-answer.ts'
import { mailCode } from '../proof/mail-code.ts'
import { type Requester, requesterOf } from '../proof/requester.ts'
import { UnprovenIdentity } from '../proof/sts-proof.ts'
import { replyPrivately } from '../slack/slack-feedback.ts'
import { makeDecision, previewUndo, type WorkerContext } from './make-decision.ts'
import { pause } from './pause.ts'

/**
 * Carries out an order, if its sender may give it. A repeated delivery does nothing twice and returns the same answer.
 * Throws for errors that another delivery may fix.
 */
export async function processOrder(order: Order, context: WorkerContext): Promise<OrderAnswer> {
  const answer = await answerFor(order, context)
  if (order.claim.how === 'slack') await replyPrivately(order.claim, answer.decision, context.prefix)
  return answer
}

async function answerFor(order: Order, context: WorkerContext): Promise<OrderAnswer> {
  const { prefix, table, known } = context
  const { verb, stage, claim } = order
  if (stage && stage !== prefix)
    return refuseOrder(order, `This order is for ${stage}; this stack is ${prefix}.`)
  const requester = await provenRequester(order, context)
  if ('says' in requester) return refuseOrder(order, requester.says)
  if (verb === 'pause' || verb === 'resume') return pauseOrResume(order, requester, context)

  const { by } = requester
  const incident = order.incident && (await readIncident(order.incident, table))
  if (!incident)
    return refuseOrder(
      order,
      order.incident ? `There is no incident ${order.incident}.` : 'The order names no incident.',
      by,
    )
  if (verb === 'code') {
    const mailbox = { incident: incident.id, person: claim.how === 'mail' ? claim.person : '', table }
    await mailCode(order, mailbox, requester.person, known.routing)
    return answerOrder(order, 'done', 'A code was requested.', by)
  }
  const containment = containmentOf(order, incident)
  if (!containment)
    return refuseOrder(
      order,
      order.containment
        ? `${incident.id} has no containment ${order.containment}.`
        : `${incident.id} has several containments: name the one you mean.`,
      by,
    )
  if (isDecision(verb))
    return makeDecision({ order: { ...order, verb }, requester, incident, containment }, context)
  const outcome = await previewUndo(containment, context)
  const answer = answerOrder(order, 'done', outcome.why ?? 'This is what an undo would change now.', by)
  return { ...answer, outcome, ...(outcome.plan && { plan: outcome.plan }) }
}

const provenRequester = (order: Order, { known }: WorkerContext): Promise<Requester | { says: string }> =>
  requesterOf(order, known.routing).catch((error) => {
    if (error instanceof UnprovenIdentity) return { says: error.message }
    throw error
  })

/** A pause affects every playbook, so it needs AWS credentials. */
async function pauseOrResume(
  order: Order,
  { by, person }: Requester,
  { table, known: { routing } }: WorkerContext,
): Promise<OrderAnswer> {
  if (order.claim.how !== 'iam')
    return refuseOrder(order, `This needs your AWS credentials. In the CLI: portcullis ${order.verb}`, by)
  if (!person || !mayDecide(routing, person)) return refuseOrder(order, onlyApprovers(routing), by)
  const { outcome, says } = await pause(order, by, table, new Date())
  return answerOrder(order, outcome, says, by)
}

/** The containment that the order names; or the only one that its verb fits. */
function containmentOf({ containment, verb }: Order, { containments }: Incident): Containment | undefined {
  if (containment) return containments.find(({ id }) => id === containment)
  const statuses = statusesFor[isDecision(verb) ? verb : 'undo']
  const fitting = containments.filter(({ status }) => statuses.includes(status))
  const possible = fitting.length > 0 ? fitting : containments
  return possible.length === 1 ? possible[0] : undefined
}

const isDecision = (verb: Order['verb']): verb is Verb => verbs.some((one) => one === verb)
