import type { By } from '../../engine/command.ts'
import { personByArn, personByName, personBySlack } from '../channels/route.ts'
import type { Person, Routing } from '../routing.ts'
import type { Order } from './order.ts'
import { checkProof } from './proof.ts'

/** Whom an order is from, as the journal will say it. */
export interface Requester {
  by: By
  /** The person of the stage, if it is one. */
  person: Person | undefined
}

/**
 * Whose claim it is. AWS STS is asked about a signature; Slack's was checked at the door; that a mailbox is theirs is
 * shown by the code, later. Throws `Unproven`.
 */
export async function requesterOf(order: Order, stage: Routing): Promise<Requester> {
  const { claim } = order
  const reason = order.reason && { reason: order.reason }
  const byOf = (person: Person | undefined, from: string, otherwise = from): Requester => ({
    person,
    by: { who: person?.name ?? otherwise, how: claim.how, ...reason, from },
  })
  if (claim.how === 'iam') {
    const { arn } = await checkProof(order, claim.proof)
    return byOf(personByArn(stage, arn), arn)
  }
  if (claim.how === 'mail') {
    const person = personByName(stage, claim.person)
    return byOf(person?.email === claim.address ? person : undefined, claim.address)
  }
  const from = [claim.team, claim.channel].filter((one) => one !== undefined).join('/')
  return byOf(personBySlack(stage, claim.user), from, claim.user)
}
