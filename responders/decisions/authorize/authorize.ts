import type { Containment, Decision, Incident, Status, Verb } from '../../../engine/journal/record.ts'
import { milliseconds } from '../../../engine/rule.ts'
import { clockOf } from '../../messages/format/times.ts'
import { mayDecide, onlyApprovers } from '../../people.ts'
import type { Person, Routing } from '../../routing.ts'
import type { Order } from '../order.ts'
import { alreadyDecided } from './already-decided.ts'
import { isSubject } from './is-subject.ts'

/** An order about a containment, and everything its authorization depends on. */
export interface AuthorizationRequest {
  order: Order & { verb: Verb }
  /** The person whose identity was proven; undefined when the routing file has no such person. */
  person: Person | undefined
  routing: Routing
  incident: Incident
  containment: Containment
  now: Date
}

/** Why an order is not carried out; `says` is the sentence for the person who sent it. */
export type Refusal = Pick<Decision, 'says'> & { outcome: 'refused' | 'late' | 'superseded' }

/** The statuses of a containment in which a verb applies. */
export const statusesFor: Record<Verb, Status[]> = {
  approve: ['proposed'],
  deny: ['proposed'],
  undo: ['containing', 'contained', 'failed', 'drifted'],
  extend: ['contained'],
  retry: ['failed'],
}

/** Decides whether an order may be carried out; undefined when it may. The first decision counts. Pure. */
export function authorize(request: AuthorizationRequest): Refusal | undefined {
  const says = identityRefusal(request)
  if (says) return { outcome: 'refused', says }
  return statusRefusal(request) ?? inputRefusal(request)
}

function identityRefusal(request: AuthorizationRequest): string | undefined {
  const { order, person, routing, incident, containment } = request
  if (!person || !mayDecide(routing, person)) return onlyApprovers(routing)
  if (isCritical(incident) && order.claim.how !== 'iam') {
    const plan = order.verb === 'approve' ? ` --plan ${containment.plan.hash.slice(0, 7)}` : ''
    return `Critical incidents need your AWS credentials. Decide in the CLI: portcullis ${order.verb} ${incident.id}${plan}`
  }
  // An undo releases the subject, so it needs another approver just as an approval does.
  if ((containment.ask?.preventSelf ?? true) && isSubject(person, incident))
    return 'You are the subject of this incident; another approver must decide.'
  if (order.verb === 'approve' && containment.approvals?.some(({ who }) => who === person.name))
    return 'You have already approved this; another approver must approve it too.'
  return undefined
}

function statusRefusal({ order: { verb }, containment, now }: AuthorizationRequest): Refusal | undefined {
  const { status, ask } = containment
  if (verb === 'approve' && status === 'proposed' && ask && Date.parse(ask.decideBy) <= now.getTime())
    return late(`The approval deadline was ${clockOf(ask.decideBy, now)}. Nothing was changed.`)
  if (statusesFor[verb].includes(status)) return undefined
  const isOver = status === 'released' || status === 'closed'
  const isDecided = (verb === 'approve' || verb === 'deny') && status !== 'observed'
  if (isOver || isDecided || (verb === 'retry' && status === 'contained'))
    return late(alreadyDecided(containment, now))
  return refused(`The containment is ${status}: there is nothing to ${verb}.`)
}

function inputRefusal({ order, containment }: AuthorizationRequest): Refusal | undefined {
  const { verb, reason, claim, plan } = order
  const hash = containment.plan.hash
  if (verb === 'approve' && !plan)
    return refused('An approval is for one plan: give at least seven digits of its hash.')
  if (verb === 'approve' && plan && !hash.startsWith(plan))
    return {
      outcome: 'superseded',
      says: `The plan has changed to ${hash.slice(0, 7)}. Review it, then decide again.`,
    }
  // A button press carries only the verb; its form asks for the rest.
  if (claim.how === 'slack' && claim.trigger) return undefined
  if ((verb === 'deny' || verb === 'undo') && !reason?.trim())
    return refused(`A reason is required to ${verb}.`)
  if (verb === 'extend' && !isAllowedDuration(order.for))
    return refused('A duration is required to extend: 1m to 7d.')
  return undefined
}

/** Whether a duration is one that people may ask for: 1m to 7d. */
export const isAllowedDuration = (duration: Order['for']): duration is NonNullable<Order['for']> =>
  duration !== undefined &&
  milliseconds(duration) >= milliseconds('1m') &&
  milliseconds(duration) <= milliseconds('7d')

export const isCritical = ({ containments }: Incident): boolean =>
  containments.some(({ severity }) => severity === 'critical')

const late = (says: string): Refusal => ({ outcome: 'late', says })
const refused = (says: string): Refusal => ({ outcome: 'refused', says })
