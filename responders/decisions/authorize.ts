import type { Containment, Decision, Incident, Status, Verb } from '../../engine/journal/record.ts'
import { milliseconds } from '../../engine/rule.ts'
import { mayDecide } from '../channels/route.ts'
import { clockOf } from '../messages/times.ts'
import type { Person, Routing } from '../routing.ts'
import { alreadyDecided } from './already.ts'
import { isSubject } from './is-subject.ts'
import type { Order } from './order.ts'

/** What a person asks for about a containment, and all that bears on whether they may. */
export interface AuthorizationRequest {
  order: Order & { verb: Verb }
  /** Whose claim it is, already proven; nobody when no person of the stage is known by it. */
  person: Person | undefined
  stage: Routing
  incident: Incident
  containment: Containment
  now: Date
}

/** Nothing when it is allowed; else why not, in words for whoever asked. */
export type Refusal = Pick<Decision, 'says'> & { outcome: 'refused' | 'late' | 'superseded' }

/** Where a containment must stand for a verb to mean something. */
export const fits: Record<Verb, Status[]> = {
  approve: ['proposed'],
  deny: ['proposed'],
  undo: ['containing', 'contained', 'failed', 'drifted'],
  extend: ['contained'],
  retry: ['failed'],
}

/** Whether an order is to be carried out: who may, what fits, first decision wins. Pure. */
export function authorize(matter: AuthorizationRequest): Refusal | undefined {
  const says = whoMayNot(matter)
  if (says) return { outcome: 'refused', says }
  return tooLate(matter) ?? otherwise(matter)
}

function whoMayNot({
  order,
  person,
  stage,
  incident,
  containment,
}: AuthorizationRequest): string | undefined {
  if (!person || !mayDecide(stage, person)) return `Only ${approversOf(stage)} can decide.`
  if (isCritical(incident) && order.claim.how !== 'iam')
    return `It is critical: decide with your AWS credentials, portcullis ${order.verb} ${incident.id}${order.verb === 'approve' ? ` --plan ${containment.plan.hash.slice(0, 7)}` : ''}.`
  // What holds for an approval holds the more for an undoing: nobody lets themselves go.
  if ((containment.ask?.preventSelf ?? true) && isSubject(person, incident))
    return 'It is about you: somebody else must decide.'
  if (order.verb === 'approve' && containment.approvals?.some(({ who }) => who === person.name))
    return 'You have approved it already; somebody else must, too.'
  return undefined
}

function tooLate({ order: { verb }, containment, now }: AuthorizationRequest): Refusal | undefined {
  const { status, ask } = containment
  if (verb === 'approve' && status === 'proposed' && ask && Date.parse(ask.decideBy) <= now.getTime())
    return late(`The time to decide was over at ${clockOf(ask.decideBy, now)}: nothing was changed.`)
  if (fits[verb].includes(status)) return undefined
  const over = status === 'released' || status === 'closed'
  const decided = (verb === 'approve' || verb === 'deny') && status !== 'observed'
  if (over || decided || (verb === 'retry' && status === 'contained'))
    return late(alreadyDecided(containment, now))
  return { outcome: 'refused', says: `It is ${status}: there is nothing to ${verb}.` }
}

function otherwise({ order, containment }: AuthorizationRequest): Refusal | undefined {
  const { verb, reason, claim, plan } = order
  const { hash } = containment.plan
  if (verb === 'approve' && !plan)
    return refused('An approval is of one plan: name it, by seven digits of its hash or more.')
  if (verb === 'approve' && plan && !hash.startsWith(plan))
    return {
      outcome: 'superseded',
      says: `The plan has changed: it is ${hash.slice(0, 7)} now. Look at it, and decide again.`,
    }
  // A button says no more than its verb; the form that it opens asks for the rest.
  if (claim.how === 'slack' && claim.trigger) return undefined
  if ((verb === 'deny' || verb === 'undo') && !reason?.trim()) return refused(`To ${verb} it, say why.`)
  if (verb === 'extend' && !isSpan(order.for)) return refused('Say for how long: 1m to 7d.')
  return undefined
}

/** A duration that people may ask for. */
export const isSpan = (lasts: Order['for']): lasts is NonNullable<Order['for']> =>
  lasts !== undefined && milliseconds(lasts) >= 60_000 && milliseconds(lasts) <= milliseconds('7d')

export const isCritical = ({ containments }: Incident): boolean =>
  containments.some(({ severity }) => severity === 'critical')

/** `@sec-oncall (lee, maria)`, as people are told whom to ask. */
export const approversOf = ({ approvers, groups }: Routing): string =>
  approvers.map((group) => `@${group} (${groups[group]?.members.join(', ') ?? ''})`).join(' or ') ||
  'a group of approvers, and this stage has none,'

const late = (says: string): Refusal => ({ outcome: 'late', says })
const refused = (says: string): Refusal => ({ outcome: 'refused', says })
