import type { Containment, Verb } from '../../engine/journal/record.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { alreadyDecided } from '../../responders/decisions/authorize/already-decided.ts'
import { statusesFor } from '../../responders/decisions/authorize/authorize.ts'
import { partOf } from '../../responders/messages/view/part-of.ts'
import { Problem } from '../shell/errors.ts'
import type { FoundIncident } from './find-incident.ts'

/** The options that narrow the containments of an incident down. */
export interface ContainmentChoice {
  containment?: string
  plan?: string
}

/**
 * The one containment that the decision applies to. Throws `not-now`, `which-containment`, or `plan-changed` when none
 * has the plan that was consented to.
 */
export function chooseContainment(
  verb: Verb,
  { incident, containment }: FoundIncident,
  choice: ContainmentChoice,
): Containment {
  const named = choice.containment ?? containment
  const all = incident.containments.filter(
    ({ id }) => !named || id.startsWith(named.replace(/^(?!c-)/, 'c-')),
  )
  const possible = all.filter(
    ({ status, plan }) =>
      statusesFor[verb].includes(status) && (plan.undo || (verb !== 'undo' && verb !== 'extend')),
  )
  if (possible.length === 0) throw notNow(verb, incident.id, all, named)
  const consented = possible.filter(({ plan }) => plan.hash.startsWith(consentOf(choice) ?? ''))
  if (consented.length === 0) throw planChanged(verb, possible, choice.plan ?? '')
  const [only, second] = consented
  if (!only || second) throw which(verb, consented)
  return only
}

function consentOf({ plan }: ContainmentChoice): string | undefined {
  if (plan === undefined || /^[0-9a-f]{7,64}$/.test(plan)) return plan
  throw new Problem('usage', `"${sanitize(plan, 80)}" is not a valid plan hash`, {
    where: '--plan',
    fix: 'give at least 7 digits of the hash that is shown with the plan: --plan 3f9c1d2',
  })
}

function notNow(verb: Verb, incident: string, all: Containment[], named: string | undefined): Problem {
  const now = new Date()
  const ended = all.filter(({ status }) => status === 'released' || status === 'closed')
  const [one] = ended.length > 0 ? ended : all
  const why = !one
    ? `it has no containment "${sanitize(named ?? '', 40)}"`
    : one.status === 'observed'
      ? 'it was only observed'
      : alreadyDecided(one, now)
  return new Problem('not-now', `${incident} has nothing to ${verb} now`, {
    why,
    fix: `portcullis incidents show ${incident}`,
  })
}

function planChanged(verb: Verb, possible: Containment[], plan: string): Problem {
  const [now] = possible
  return new Problem('plan-changed', `the plan is no longer ${sanitize(plan, 64)}`, {
    where: possible.map(({ id, plan: { hash } }) => `${id} has plan ${hash.slice(0, 7)}`).join('\n'),
    why: 'you consent to one plan, and the state it was made from has changed',
    fix: `portcullis ${verb} ${now?.incident} --plan ${now?.plan.hash.slice(0, 7)}`,
  })
}

function which(verb: Verb, possible: Containment[]): Problem {
  const [first] = possible
  return new Problem(
    'which-containment',
    `${first?.incident} has ${possible.length} containments to ${verb}`,
    {
      where: possible.map((one) => `${one.id}   ${partOf(one, true).title}`).join('\n'),
      fix: `portcullis ${verb} ${first?.incident} --containment ${first?.id}`,
    },
  )
}
