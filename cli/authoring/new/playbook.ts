import { pathToFileURL } from 'node:url'
import { type Identifier, identifiers } from '../../../engine/identifiers.ts'
import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { similar } from '../../../lib/text/similar.ts'
import { Problem } from '../../shell/errors.ts'
import { listedIn, readProjectFile, root } from '../../shell/project.ts'
import { exportOf, importPath } from '../names.ts'
import { stateFileOf } from '../states.ts'
import { type FileDraft, refuseIfThere, writeDrafts } from './draft.ts'
import { withEntry, withKey } from './insert.ts'
import { roomOfTarget } from './room.ts'
import { filledTemplate, objectKeyOf } from './template.ts'
import { type PlaybookTemplate, templateFor } from './templates/playbooks.ts'

export interface PlaybookWish {
  name: string
  /** The identifiers of its target, separated by commas: `apiName,stageName`. */
  target: string
  /** The folder in playbooks/; by default that of the playbooks with the same kind of target. */
  room?: string | undefined
  force: boolean
}

/**
 * Writes a playbook with its function, its scene, its words, a recorded state, and its lines in the indexes. Throws
 * `usage` for an unknown identifier and for files that exist.
 */
export async function newPlaybook(wish: PlaybookWish): Promise<FileDraft[]> {
  const target = identifiersIn(wish.target)
  const template = templateFor(target)
  const room = wish.room ?? roomOfTarget(target)
  const path = `${room ? `${room}/` : ''}${wish.name}.ts`
  const drafts = [...made(wish.name, path, template), ...added(wish.name, path, template)]
  refuseIfThere(drafts, wish.force)
  writeDrafts(drafts)
  const state = await stateOf(wish.name, path, template)
  writeDrafts([state])
  return [...drafts, state]
}

function identifiersIn(text: string): Identifier[] {
  const known = Object.keys(identifiers)
  return text.split(',').map((name) => {
    if (Object.hasOwn(identifiers, name)) return name as Identifier
    const meant = similar(name, known)
    throw new Problem('usage', `there is no identifier "${name}"`, {
      where: '--target',
      fix: meant
        ? `Did you mean ${meant}?`
        : `one of ${known.join(', ')}; or add yours to engine/identifiers.ts`,
    })
  })
}

function made(name: string, path: string, { file, title, values }: PlaybookTemplate): FileDraft[] {
  const files = {
    [`playbooks/${path}`]: `playbooks/${file}.ts`,
    [`functions/${name}.ts`]: 'function.ts',
    [`test/scenes/${path}`]: `playbooks/${file}.scene.ts`,
  }
  return Object.entries(files).map(([made, template]) => ({
    path: made,
    text: filledTemplate(template, made, {
      ...values,
      name,
      title,
      export: exportOf(name),
      playbookFile: importPath(made, `playbooks/${path}`),
    }),
    does: 'make',
  }))
}

function added(name: string, path: string, template: PlaybookTemplate): FileDraft[] {
  const local = exportOf(name)
  const words = Object.entries(template.words).map(([key, text]) => [key, text.replace('<it>', '$${it}')])
  const entry = filledTemplate('words.ts', 'responders/messages/copy.ts', {
    key: objectKeyOf(name),
    title: template.title,
    ...Object.fromEntries(words),
  })
  const lines: [file: string, isThere: boolean, withIt: (text: string) => string][] = [
    [
      'playbooks/index.ts',
      listedIn('playbooks').has(name),
      (text) => withEntry(text, name, `import { ${local} } from './${path}'`),
    ],
    [
      'test/scenes/index.ts',
      listedIn('test/scenes').has(name),
      (text) => withEntry(text, name, `import { scene as ${local} } from './${path}'`),
    ],
    [
      'responders/messages/copy.ts',
      readProjectFile('responders/messages/copy.ts')?.includes(`\n  ${objectKeyOf(name)}: {`) ?? false,
      (text) => withKey(text, /^const playbooks/, name, entry.trimEnd()),
    ],
  ]
  return lines.flatMap(([file, isThere, withIt]) =>
    isThere ? [] : [{ path: file, text: withIt(readProjectFile(file) ?? ''), does: 'add' as const }],
  )
}

async function stateOf(name: string, path: string, { before }: PlaybookTemplate): Promise<FileDraft> {
  const made = await import(pathToFileURL(`${root}playbooks/${path}`).href)
  const playbook = (made as Record<string, AnyPlaybook>)[exportOf(name)]
  if (!playbook) throw new Error(`playbooks/${path} does not export ${exportOf(name)}.`)
  return { path: `test/states/${name}.json`, text: stateFileOf(playbook, before), does: 'make' }
}
