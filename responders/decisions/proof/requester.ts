import type { By } from '../../../engine/command.ts'
import { personByArn, personByName, personBySlack } from '../../people.ts'
import type { Person, Routing } from '../../routing.ts'
import type { Order } from '../order.ts'
import { checkProof } from './sts-proof.ts'

/** The sender of an order, as the journal records it. */
export interface Requester {
  by: By
  /** The person in the routing file; undefined when there is none. */
  person: Person | undefined
}

/**
 * Who sent an order. AWS STS checks the signature of a proof; Slack's signature was checked at the intake; a mailbox is
 * proven later, by the code. Throws `UnprovenIdentity`.
 */
export async function requesterOf(order: Order, routing: Routing): Promise<Requester> {
  const { claim } = order
  const reason = order.reason && { reason: order.reason }
  const byOf = (person: Person | undefined, from: string, otherwise = from): Requester => ({
    person,
    by: { who: person?.name ?? otherwise, how: claim.how, ...reason, from },
  })
  if (claim.how === 'iam') {
    const { arn } = await checkProof(order, claim.proof)
    return byOf(personByArn(routing, arn), arn)
  }
  if (claim.how === 'mail') {
    const person = personByName(routing, claim.person)
    return byOf(person?.email === claim.address ? person : undefined, claim.address)
  }
  const from = [claim.team, claim.channel].filter((one) => one !== undefined).join('/')
  return byOf(personBySlack(routing, claim.user), from, claim.user)
}
