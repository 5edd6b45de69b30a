import { readProjectFile } from '../shell/project.ts'
import { type FileDraft, refuseIfThere, writeDrafts } from './draft.ts'
import { expectedOf } from './expected.ts'
import { withEntry } from './insert.ts'
import { exportOf } from './names.ts'
import { regenerate } from './regenerate.ts'
import { aimOf, freeOf, playbookOf, templateOf } from './rule-choices.ts'
import { filledTemplate, laidOver, objectKeyOf } from './template.ts'
import type { AimTemplate, EventTemplate } from './templates/events.ts'

export interface RuleWish {
  name: string
  /** Which playbook it calls. */
  playbook: string
  /** The event's detail-type. */
  event: string
  force: boolean
}

/**
 * Writes a rule with its events, its line in the index, and what the tests expect of it. Throws `usage` for a playbook or
 * an event that is not known, and for files that are there already.
 */
export async function newRule(wish: RuleWish): Promise<FileDraft[]> {
  const playbook = playbookOf(wish.playbook)
  const template = templateOf(wish.event)
  const aim = aimOf(playbook, template, wish.event)
  const about = freeOf(template, aim, wish.name)
  const events = eventsOf(wish.name, template, aim, about)
  const drafts = [ruleOf(wish, template, aim, about), ...indexed(wish.name), ...events]
  refuseIfThere(drafts, wish.force)
  writeDrafts(drafts)
  const expected = await expectedOf(wish.name, playbook, events)
  writeDrafts(expected)
  regenerate()
  return [...drafts, ...expected]
}

function ruleOf(
  { name, playbook }: RuleWish,
  template: EventTemplate,
  aim: AimTemplate,
  about: string,
): FileDraft {
  const from = [...(aim.subject ? [] : [template.subjectFrom]), aim.from].filter((one) => one !== undefined)
  const files = Map.groupBy(from, ({ file }) => file)
  const imports = [...files].map(
    ([file, all]) =>
      `import { ${[...new Set(all.flatMap(({ names }) => names))].join(', ')} } from '${file}'`,
  )
  const text = filledTemplate('rule.ts', {
    imports: imports.join('\n'),
    helper: template.helper,
    name,
    export: exportOf(name),
    because: template.because(about),
    attack: JSON.stringify(template.attack),
    when: template.when(about),
    subject: aim.subject ?? template.subject,
    key: objectKeyOf(playbook),
    aim: aim.code,
  })
  return { path: `rules/${name}.ts`, text, does: 'make' }
}

function indexed(name: string): FileDraft[] {
  const path = 'rules/index.ts'
  const text = readProjectFile(path) ?? ''
  if (text.includes(`'./${name}.ts'`)) return []
  const imported = `import { ${exportOf(name)} } from './${name}.ts'`
  return [{ path, text: withEntry(text, name, imported), does: 'add' }]
}

function eventsOf(name: string, template: EventTemplate, aim: AimTemplate, about: string): FileDraft[] {
  const fires = laidOver(laidOver(template.sample, template.fires(about)), aim.holds ?? {})
  const all = { fires, ...Object.fromEntries(Object.entries(template.not).map(notOf)) }
  return Object.entries(all).map(([file, event]) => ({
    path: `test/events/${name}/${file}.json`,
    text: JSON.stringify(event, null, 2),
    does: 'make',
  }))

  function notOf([file, over]: [string, object]): [string, object] {
    return [file, laidOver(fires, over)]
  }
}
