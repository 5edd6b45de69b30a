import { mayDecide } from '../channels/route.ts'
import { readIncident } from '../engine/incidents.ts'
import { type Containment, type Incident, type Verb, verbs } from '../engine/record.ts'
import { type Answer, answer, refuse } from './answer.ts'
import { decide, previewUndo } from './decide.ts'
import { approversOf, fits } from './judge.ts'
import { mailCode } from './mail-code.ts'
import type { Order } from './order.ts'
import { pause } from './pause.ts'
import type { Place } from './place.ts'
import { Unproven } from './proof.ts'
import { whisper } from './say.ts'
import { type Who, whoOf } from './who.ts'

/**
 * Does what an order asks for, if whoever sent it may. Delivered again it does nothing twice, and answers again.
 * Throws what may succeed when it is delivered again.
 */
export async function settle(order: Order, place: Place): Promise<Answer> {
  const settled = await settleFor(order, place)
  if (order.claim.how === 'slack') await whisper(order.claim, settled.decision, place.prefix)
  return settled
}

async function settleFor(order: Order, place: Place): Promise<Answer> {
  const { prefix, table, known } = place
  const { verb, stage, claim } = order
  if (stage && stage !== prefix) return refuse(order, `It is for ${stage}, and this is ${prefix}.`)
  const who = await proven(order, place)
  if ('says' in who) return refuse(order, who.says)
  if (verb === 'pause' || verb === 'resume') return hold(order, who, place)

  const incident = order.incident && (await readIncident(order.incident, table))
  if (!incident) return refuse(order, `There is no incident ${order.incident ?? 'in the order'}.`, who.by)
  if (verb === 'code') {
    const box = { incident: incident.id, person: claim.how === 'mail' ? claim.person : '', table }
    await mailCode(order, box, who.person, known.stage)
    return answer(order, 'done', 'A code was asked for.', who.by)
  }
  const containment = containmentOf(order, incident)
  if (!containment) return refuse(order, `Of ${incident.id}, name the containment that you mean.`, who.by)
  if (isVerb(verb)) return decide({ order: { ...order, verb }, who, incident, containment }, place)
  const outcome = await previewUndo(containment, place)
  const said = answer(order, 'done', outcome.why ?? 'This is what it would change now.', who.by)
  return { ...said, outcome, ...(outcome.plan && { plan: outcome.plan }) }
}

const proven = (order: Order, { known }: Place): Promise<Who | { says: string }> =>
  whoOf(order, known.stage).catch((error) => {
    if (error instanceof Unproven) return { says: error.message }
    throw error
  })

/** What holds every playbook back is not for a message's button. */
async function hold(order: Order, { by, person }: Who, { table, known: { stage } }: Place): Promise<Answer> {
  if (order.claim.how !== 'iam')
    return refuse(order, `Use your AWS credentials: portcullis ${order.verb}.`, by)
  if (!person || !mayDecide(stage, person)) return refuse(order, `Only ${approversOf(stage)} can decide.`, by)
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
