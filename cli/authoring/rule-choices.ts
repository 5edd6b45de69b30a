import type { AnyPlaybook } from '../../engine/playbook.ts'
import { similar } from '../../lib/text/similar.ts'
import { indexRules } from '../../matching/index-rules.ts'
import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'
import { Problem } from '../shell/errors.ts'
import { namesIn, readProjectFile } from '../shell/project.ts'
import { laidOver } from './template.ts'
import { type AimTemplate, type EventTemplate, eventTemplates } from './templates/events.ts'

/** The playbook of this name; throws `usage` when there is none. */
export function playbookOf(name: string): AnyPlaybook {
  const known = playbooks as readonly AnyPlaybook[]
  const found = known.find((one) => one.name === name)
  if (found) return found
  const names = known.map((one) => one.name)
  const meant = similar(name, names)
  throw new Problem('usage', `there is no playbook "${name}"`, {
    where: '--playbook',
    fix: meant ? `Did you mean ${meant}?` : `one of ${names.join(', ')}`,
  })
}

/** What a rule about events of this type is made from; throws `usage` when there is nothing. */
export function templateOf(event: string): EventTemplate {
  const known = Object.keys(eventTemplates) as (keyof typeof eventTemplates)[]
  const [found] = known.filter((one) => one === event)
  const template = found && eventTemplates[found]
  if (template) return template
  const meant = similar(event, known)
  throw new Problem('usage', `there is no template for events of the type "${event}"`, {
    where: '--event',
    fix: meant ? `Did you mean "${meant}"?` : `one of ${known.map((one) => `"${one}"`).join(', ')}`,
  })
}

/** How such an event names what the playbook contains; throws `usage` when it does not. */
export function aimOf({ name, target }: AnyPlaybook, { aims }: EventTemplate, event: string): AimTemplate {
  const keys = target.join(' ')
  const found = aims[keys as keyof typeof aims]
  if (found) return found
  throw new Problem('usage', `a "${event}" names no ${keys}`, {
    where: `--playbook ${name}`,
    why: `the target of ${name} is named by ${target.join(' and ')}`,
    fix: `a playbook whose target is named by one of ${Object.keys(aims).join(', ')}; or another --event`,
  })
}

/** What no rule answers yet, and no event of another rule is about: else the tests of that one would say so. */
export function freeOf({ about, fires, sample }: EventTemplate, aim: AimTemplate, name: string): string {
  const index = indexRules(rules.filter((one) => one.name !== name))
  const free = about
    .filter((one) => aim.about?.test(one) ?? true)
    .find((one) => index.matching(laidOver(sample, fires(one))).length === 0 && !isUsed(one, name))
  if (free !== undefined) return free
  throw new Problem('usage', 'rules answer already everything that the template could be about', {
    where: `cli/authoring/templates/events.ts`,
    fix: 'copy the rule that is most like yours, and its events',
  })
}

const isUsed = (about: string, but: string): boolean =>
  namesIn('test/events', '')
    .filter((folder) => folder !== but)
    .flatMap((folder) =>
      namesIn(`test/events/${folder}`, '.json').map((file) => `test/events/${folder}/${file}`),
    )
    .some((path) => readProjectFile(path)?.includes(`"${about}"`))
