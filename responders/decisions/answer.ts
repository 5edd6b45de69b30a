import type { By } from '../../engine/command.ts'
import type { Decision } from '../../engine/journal/record.ts'
import type { Outcome } from '../../engine/outcome.ts'
import type { Order } from './order.ts'

/** What an order came to. `decision.verb` is what was asked, also where that is no decision about a containment. */
export interface OrderAnswer {
  decision: Omit<Decision, 'verb'> & { verb: Order['verb'] }
  /** What the playbook's function answered, where it was asked. */
  outcome?: Partial<Outcome>
  /** What would change, or has: of an undoing, the reverse plan. */
  plan?: Outcome['plan']
}

/** An answer about something that is not written down as a decision; `by` nobody while it is not known who asks. */
export const answer = (
  { id, at, verb, containment = '', claim }: Order,
  outcome: Decision['outcome'],
  says: string,
  by: By = { who: 'nobody', how: claim.how },
): OrderAnswer => ({ decision: { id, at, verb, containment, by, outcome, says } })

export const refuseOrder = (order: Order, says: string, by?: By): OrderAnswer =>
  answer(order, 'refused', says, by)
