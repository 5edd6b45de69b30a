import { recordedStates } from '../../cli/authoring/states.ts'
import type { AnyPlaybook, Grant } from '../../engine/playbook.ts'
import { playbooks as all } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'
import { anchorOf, code, list, page, table } from './markdown.ts'

/** Every playbook: what calls it, what it changes, how that is undone, what it may do, and what it costs. */
export const playbooksPage = (): string =>
  page(
    'Playbooks',
    'playbooks/*.ts, and the states in test/states/ that their scenes are found in',
    table(['playbook', 'does', 'target'], (all as readonly AnyPlaybook[]).map(rowOf)),
    ...(all as readonly AnyPlaybook[]).map(sectionOf),
  )

const rowOf = ({ name, title, target }: AnyPlaybook): string[] => [
  `[${name}](#${anchorOf(name)})`,
  title,
  target.join(', '),
]

function sectionOf(playbook: AnyPlaybook): string {
  const { name, title, target, undo, global, home, settles = 10 } = playbook
  const callers = rules
    .filter(({ then }) => then[name])
    .map((rule) => `[${rule.name}](rules.md#${anchorOf(rule.name)})`)
  const place = global
    ? 'one target from every Region'
    : home
      ? 'what the stack owns, at home'
      : 'its account and Region'
  return [
    `## ${name}`,
    `${title}.`,
    list([
      `**Triggered by** ${callers.join(', ') || 'no rule: people only'}`,
      `**Target** ${target.map(code).join(', ')}; ${place}`,
      `**Undone by** ${undo === 'none' ? 'nothing: what was done stays done' : 'the release: each part is put back as it was found'}`,
      `**Seen by AWS** within ${settles} s`,
    ]),
    ...changesOf(name),
    ...grantsOf('Reads', playbook.reads),
    ...grantsOf('Writes', playbook.writes),
    ...caveatsOf(playbook),
  ].join('\n\n')
}

/** What it changes, in the state that its first scene is found in. */
function changesOf(name: string): string[] {
  const [recorded] = recordedStates(name)
  if (!recorded) return []
  const { changes } = recorded.plan as unknown as {
    changes: { path: string; before?: unknown; after?: unknown }[]
  }
  const rows = changes.map(({ path, before, after }) => [code(path), shown(before), shown(after)])
  return ['For example:', table(['part', 'before', 'after'], rows)]
}

const longest = 160

function shown(value: unknown): string {
  if (value === undefined) return 'absent'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return code(text.length > longest ? `${text.slice(0, longest)}…` : text)
}

function grantsOf(what: string, grants: AnyPlaybook['reads']): string[] {
  const rows = Object.entries(grants as Record<string, Grant>).map(([action, grant]) => [
    code(action),
    placeOf(grant),
  ])
  return rows.length > 0 ? [table([what, 'on'], rows)] : []
}

function placeOf(grant: Grant): string {
  const { on, when } =
    typeof grant === 'object' && !Array.isArray(grant) ? grant : { on: grant, when: undefined }
  const places = [on].flat().map(code).join(', ')
  return when ? `${places} where ${code(JSON.stringify(when))}` : places
}

function caveatsOf({ name, caveats }: AnyPlaybook): string[] {
  const [recorded] = recordedStates(name)
  const said = caveats && recorded ? caveats(recorded.before) : []
  return said.length > 0 ? ['Caveats, shown before an approval:', list(said)] : []
}
