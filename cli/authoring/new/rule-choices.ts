import type { AnyPlaybook } from '../../../engine/playbook.ts'
import type { Event } from '../../../engine/rule.ts'
import { similar } from '../../../lib/text/similar.ts'
import { compile } from '../../../matching/compile.ts'
import { indexRules } from '../../../matching/index-rules.ts'
import { matches } from '../../../matching/matches.ts'
import { playbooks } from '../../../playbooks/index.ts'
import { eventDefinitions } from '../../../rules/events/index.ts'
import { rules } from '../../../rules/index.ts'
import { Problem } from '../../shell/errors.ts'
import { namesIn } from '../../shell/project.ts'
import { recordedEventsOf } from '../recorded-events.ts'
import type { Aim, AnyEventDefinition } from './aim.ts'
import { laidOver } from './lay-over.ts'

/** The playbook of this name. Throws `usage` when there is none. */
export function playbookOf(name: string): AnyPlaybook {
  const known = playbooks as readonly AnyPlaybook[]
  const found = known.find((one) => one.name === name)
  if (found) return found
  const names = known.map((one) => one.name)
  const meant = similar(name, names)
  throw new Problem('usage', `unknown playbook "${name}"`, {
    where: '--playbook',
    fix: meant ? `Did you mean ${meant}?` : `one of ${names.join(', ')}`,
  })
}

/** The type of event with this detail-type. Throws `usage` when there is none. */
export function definitionOf(detailType: string): AnyEventDefinition {
  const known: Record<string, AnyEventDefinition> = eventDefinitions
  const found = Object.hasOwn(known, detailType) ? known[detailType] : undefined
  if (found) return found
  const names = Object.keys(known)
  const meant = similar(detailType, names)
  throw new Problem('usage', `rules/events/ has no type of event "${detailType}"`, {
    where: '--event',
    fix: meant ? `Did you mean "${meant}"?` : `one of ${names.map((one) => `"${one}"`).join(', ')}`,
  })
}

/** The sample of the definition, about this value and with what the aim needs, as it fires the rule of this name. */
export const eventAbout = (
  definition: AnyEventDefinition,
  { holds }: Aim,
  about: string,
  rule: string,
): Event => [definition.fires(about, rule), ...holds].reduce<object>(laidOver, definition.sample) as Event

/**
 * What the new rule is about. Its pattern matches no recorded event of another rule, whose expectations would change; and
 * where there is a choice, no other rule matches its event. Throws `usage` when nothing is left.
 */
export function freeOf(definition: AnyEventDefinition, aim: Aim, name: string): string {
  const { pattern, asks } = definition
  const recorded = namesIn('test/events', '')
    .filter((folder) => folder !== name)
    .flatMap((folder) => recordedEventsOf(folder))
  const possible = aim.about.filter((about) => {
    const matcher = compile(pattern(...asks(about, name)))
    return !recorded.some(({ event }) => matches(matcher, event))
  })
  const others = indexRules(rules.filter((one) => one.name !== name))
  const free = possible.find(
    (about) => others.matching(eventAbout(definition, aim, about, name)).length === 0,
  )
  const chosen = free ?? possible[0]
  if (chosen !== undefined) return chosen
  throw new Problem('usage', 'other rules already answer everything that this draft could be about', {
    where: 'rules/events/',
    fix: "add a value to `about` in the event's file; or copy the rule that is closest to yours, with its events",
  })
}
