import type { Identifier } from '../../../engine/identifiers.ts'
import { listedIn, readProjectFile } from '../../shell/project.ts'
import { exportOf, importPath } from '../names.ts'
import { type Aim, type AnyEventDefinition, aimOf } from './aim.ts'
import { type FileDraft, refuseIfThere, writeDrafts } from './draft.ts'
import { expectedOf } from './expected.ts'
import { withEntry } from './insert.ts'
import { laidOver } from './lay-over.ts'
import { roomOf } from './room.ts'
import { definitionOf, eventAbout, freeOf, playbookOf } from './rule-choices.ts'
import { filledTemplate, objectKeyOf } from './template.ts'

export interface RuleWish {
  name: string
  /** The playbook that the rule calls. */
  playbook: string
  /** The detail-type of the event. */
  event: string
  /** The folder in rules/; by default that of the playbook in playbooks/. */
  room?: string | undefined
  force: boolean
}

/**
 * Writes a rule with its events, its line in the index, and what the tests expect of it. Throws `usage` for an unknown
 * playbook or type of event, and for files that exist.
 */
export async function newRule(wish: RuleWish): Promise<FileDraft[]> {
  const { name } = wish
  const playbook = playbookOf(wish.playbook)
  const definition = definitionOf(wish.event)
  const aim = aimOf(playbook.target as readonly Identifier[], definition)
  const about = freeOf(definition, aim, name)
  const room = wish.room ?? roomOf('playbooks', wish.playbook)
  const path = `rules/${room ? `${room}/` : ''}${name}.ts`
  const events = eventsOf(name, definition, aim, about)
  const drafts = [ruleOf(wish, path, definition, aim, about), ...indexed(name, path), ...events]
  refuseIfThere(drafts, wish.force)
  writeDrafts(drafts)
  const expected = await expectedOf(name, path, playbook, events)
  writeDrafts(expected)
  return [...drafts, ...expected]
}

function ruleOf(
  { name, playbook, event }: RuleWish,
  path: string,
  { pattern, asks, when, because, threats, attack }: AnyEventDefinition,
  aim: Aim,
  about: string,
): FileDraft {
  const asked = asks(about, name).map((one) => JSON.stringify(one))
  const whenImports = when?.imports ?? { [eventFileOf(event)]: [pattern.name] }
  const imports = [...Object.entries(whenImports), ...aim.imports].map(
    ([file, names]) => `import { ${[...names].join(', ')} } from '${importPath(path, `rules/${file}`)}'`,
  )
  const text = filledTemplate('rule.ts', path, {
    imports: imports.join('\n'),
    name,
    export: exportOf(name),
    because: JSON.stringify(because(about)),
    threats: JSON.stringify(threats),
    attack: JSON.stringify(attack),
    when: when?.source(about) ?? `${pattern.name}(${asked.join(', ')})`,
    subject: aim.subject,
    key: objectKeyOf(playbook),
    aim: aim.code,
    examples: aim.examples.length === 0 ? '' : examplesLeft(aim.examples),
  })
  return { path, text, does: 'make' }
}

const examplesLeft = (examples: readonly string[]): string =>
  `  // The event does not name ${examples.join(' and ')}: replace the example.\n`

/** The file that defines a type of event, relative to rules/. */
function eventFileOf(detailType: string): string {
  const index = readProjectFile('rules/events/index.ts') ?? ''
  const exported = new RegExp(`^  '${detailType}': (\\w+),$`, 'm').exec(index)?.[1]
  const file = new RegExp(`^import \\{ ${exported} \\} from '\\./(.+)'$`, 'm').exec(index)?.[1]
  if (file === undefined) throw new Error(`rules/events/index.ts does not import "${detailType}".`)
  return `events/${file}`
}

function indexed(name: string, file: string): FileDraft[] {
  if (listedIn('rules').get(name) === file) return []
  const path = 'rules/index.ts'
  const imported = `import { ${exportOf(name)} } from '${importPath(path, file)}'`
  return [{ path, text: withEntry(readProjectFile(path) ?? '', name, imported), does: 'add' }]
}

function eventsOf(name: string, definition: AnyEventDefinition, aim: Aim, about: string): FileDraft[] {
  const fires = eventAbout(definition, aim, about, name)
  const others = Object.entries(definition.not).map(([file, over]) => [file, laidOver(fires, over)] as const)
  return [['fires', fires] as const, ...others].map(([file, event]) => ({
    path: `test/events/${name}/${file}.json`,
    text: JSON.stringify(event, null, 2),
    does: 'make',
  }))
}
