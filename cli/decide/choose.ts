import type { Containment, Verb } from '../../engine/journal/record.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { alreadyDecided } from '../../responders/decisions/authorize/already-decided.ts'
import { statusesFor } from '../../responders/decisions/authorize/authorize.ts'
import { partOf } from '../../responders/messages/view/part-of.ts'
import { Problem } from '../shell/errors.ts'
import type { FoundIncident } from './find.ts'

/** What was typed to say which one. */
export interface Pick {
  containment?: string
  plan?: string
}

/**
 * The one containment that the decision means. Throws `not-now`, `which-containment`, or `plan-changed` when none has
 * the plan that was consented to.
 */
export function choose(verb: Verb, { incident, containment }: FoundIncident, pick: Pick): Containment {
  const named = pick.containment ?? containment
  const all = incident.containments.filter(
    ({ id }) => !named || id.startsWith(named.replace(/^(?!c-)/, 'c-')),
  )
  const possible = all.filter(
    ({ status, plan }) =>
      statusesFor[verb].includes(status) && (plan.undo || (verb !== 'undo' && verb !== 'extend')),
  )
  if (possible.length === 0) throw notNow(verb, incident.id, all, named)
  const consented = possible.filter(({ plan }) => plan.hash.startsWith(consentOf(pick) ?? ''))
  if (consented.length === 0) throw planChanged(verb, possible, pick.plan ?? '')
  const [only, second] = consented
  if (!only || second) throw which(verb, consented)
  return only
}

function consentOf({ plan }: Pick): string | undefined {
  if (plan === undefined || /^[0-9a-f]{7,64}$/.test(plan)) return plan
  throw new Problem('usage', `"${sanitize(plan, 80)}" is no plan`, {
    where: '--plan',
    fix: 'give 7 digits or more of its hash, as it is shown: --plan 3f9c1d2',
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
  return new Problem('not-now', `there is nothing to ${verb} in ${incident} now`, {
    why,
    fix: `portcullis incidents show ${incident}`,
  })
}

function planChanged(verb: Verb, possible: Containment[], plan: string): Problem {
  const [now] = possible
  return new Problem('plan-changed', `the plan is not ${sanitize(plan, 64)} any more`, {
    where: possible.map(({ id, plan: { hash } }) => `${id} has plan ${hash.slice(0, 7)}`).join('\n'),
    why: 'consent is to one plan, and what it rests on has changed',
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
