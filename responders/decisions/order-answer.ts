import type { By } from '../../engine/command.ts'
import type { Decision } from '../../engine/journal/record.ts'
import type { Outcome } from '../../engine/outcome.ts'
import type { Order } from './order.ts'

/** The answer to an order. `decision.verb` is the order's verb, also when that is not a decision about a containment. */
export interface OrderAnswer {
  decision: Omit<Decision, 'verb'> & { verb: Order['verb'] }
  /** The answer of the playbook's function, if it was invoked. */
  outcome?: Partial<Outcome>
  /** What would change or has changed; for an undo, the reverse plan. */
  plan?: Outcome['plan']
}

/** An answer that is not recorded as a decision; `by` is "unknown" while the sender's identity is unknown. */
export const answerOrder = (
  { id, at, verb, containment = '', claim }: Order,
  outcome: Decision['outcome'],
  says: string,
  by: By = { who: 'unknown', how: claim.how },
): OrderAnswer => ({ decision: { id, at, verb, containment, by, outcome, says } })

export const refuseOrder = (order: Order, says: string, by?: By): OrderAnswer =>
  answerOrder(order, 'refused', says, by)
