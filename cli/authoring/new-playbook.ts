import { pathToFileURL } from 'node:url'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import { similar } from '../../lib/text/similar.ts'
import { Problem } from '../shell/errors.ts'
import { readProjectFile, root } from '../shell/project.ts'
import { type FileDraft, refuseIfThere, writeDrafts } from './draft.ts'
import { withEntry } from './insert.ts'
import { exportOf } from './names.ts'
import { regenerate } from './regenerate.ts'
import { stateFileOf } from './states.ts'
import { filledTemplate } from './template.ts'
import { type PlaybookTemplate, playbookTemplates } from './templates/playbooks.ts'

export interface PlaybookWish {
  name: string
  /** What its target is named by. */
  target: string
  force: boolean
}

/**
 * Writes a playbook with its scene, a recorded state, and its lines in the indices; then generates what is made from
 * these: policies and reference. Throws `usage` for a target without a template, and for files that are there.
 */
export async function newPlaybook(wish: PlaybookWish): Promise<FileDraft[]> {
  const template = templateOf(wish.target)
  const drafts = [...made(wish), ...added(wish)]
  refuseIfThere(drafts, wish.force)
  writeDrafts(drafts)
  const state = await stateOf(wish, template)
  writeDrafts([state])
  regenerate()
  return [...drafts, state]
}

function templateOf(target: string): PlaybookTemplate {
  const template = Object.hasOwn(playbookTemplates, target) ? playbookTemplates[target] : undefined
  if (template) return template
  const known = Object.keys(playbookTemplates)
  const meant = similar(target, known)
  throw new Problem('usage', `there is no template for a playbook whose target is named by "${target}"`, {
    where: '--target',
    fix: meant ? `Did you mean ${meant}?` : `one of ${known.join(', ')}; then change its target`,
  })
}

function made({ name, target }: PlaybookWish): FileDraft[] {
  const values = { name, export: exportOf(name) }
  return [
    { path: `playbooks/${name}.ts`, text: filledTemplate(`playbooks/${target}.ts`, values), does: 'make' },
    {
      path: `test/scenes/${name}.ts`,
      text: filledTemplate(`playbooks/${target}.scene.ts`, values),
      does: 'make',
    },
  ]
}

function added({ name }: PlaybookWish): FileDraft[] {
  const local = exportOf(name)
  const lines: [string, RegExp, (text: string) => string][] = [
    [
      'playbooks/index.ts',
      new RegExp(`'./${name}.ts'`),
      (text) => withEntry(text, name, `import { ${local} } from './${name}.ts'`),
    ],
    [
      'test/scenes/index.ts',
      new RegExp(`'./${name}.ts'`),
      (text) => withEntry(text, name, `import { scene as ${local} } from './${name}.ts'`),
    ],
  ]
  return lines.flatMap(([path, there, withIt]) => {
    const text = readProjectFile(path) ?? ''
    return there.test(text) ? [] : [{ path, text: withIt(text), does: 'add' as const }]
  })
}

async function stateOf({ name }: PlaybookWish, { before }: PlaybookTemplate): Promise<FileDraft> {
  const made = (await import(pathToFileURL(`${root}playbooks/${name}.ts`).href)) as Record<
    string,
    AnyPlaybook
  >
  const playbook = made[exportOf(name)]
  if (!playbook) throw new Error(`playbooks/${name}.ts exports no ${exportOf(name)}.`)
  return { path: `test/states/${name}.json`, text: stateFileOf(playbook, before), does: 'make' }
}
