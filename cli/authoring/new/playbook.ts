import { pathToFileURL } from 'node:url'
import { type Identifier, identifiers } from '../../../engine/identifiers.ts'
import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { similar } from '../../../lib/text/similar.ts'
import { Problem } from '../../shell/errors.ts'
import { listedIn, readProjectFile, root } from '../../shell/project.ts'
import { exportOf, importPath } from '../names.ts'
import { stateFileOf } from '../states.ts'
import { type FileDraft, refuseIfThere, writeDrafts } from './draft.ts'
import { withEntry } from './insert.ts'
import { type PlaybookTemplate, playbookTemplateOf } from './playbook-template.ts'
import { roomOfTarget } from './room.ts'
import { filledTemplate } from './template.ts'

export interface PlaybookWish {
  name: string
  /** The identifiers of its target, separated by commas: `apiName,stageName`. */
  target: string
  /** The folder in playbooks/; by default that of the playbooks with the same kind of target. */
  room?: string | undefined
  force: boolean
}

/**
 * Writes a playbook with its scene, a recorded state, and its lines in the indexes. Throws `usage` for an unknown
 * identifier and for files that exist.
 */
export async function newPlaybook({ name, target, room, force }: PlaybookWish): Promise<FileDraft[]> {
  const identifiers = identifiersIn(target)
  const template = playbookTemplateOf(identifiers)
  const folder = room ?? roomOfTarget(identifiers)
  const path = `${folder ? `${folder}/` : ''}${name}.ts`
  const drafts = [...made(name, path, template), ...added(name, path)]
  refuseIfThere(drafts, force)
  writeDrafts(drafts)
  const state = await stateOf(name, path, template)
  writeDrafts([state])
  return [...drafts, state]
}

function identifiersIn(text: string): Identifier[] {
  const known = Object.keys(identifiers)
  return text.split(',').map((name) => {
    if (Object.hasOwn(identifiers, name)) return name as Identifier
    const meant = similar(name, known)
    throw new Problem('usage', `unknown identifier "${name}"`, {
      where: '--target',
      fix: meant
        ? `Did you mean ${meant}?`
        : `one of ${known.join(', ')}; or add yours to engine/identifiers.ts`,
    })
  })
}

function made(name: string, path: string, { file, values }: PlaybookTemplate): FileDraft[] {
  const templates = {
    [`playbooks/${path}`]: `playbooks/${file}.ts`,
    [`test/scenes/${path}`]: `playbooks/${file}.scene.ts`,
  }
  return Object.entries(templates).map(([own, template]) => ({
    path: own,
    text: filledTemplate(template, own, {
      ...values,
      name,
      export: exportOf(name),
      playbookFile: importPath(own, `playbooks/${path}`),
    }),
    does: 'make',
  }))
}

function added(name: string, path: string): FileDraft[] {
  const exported = exportOf(name)
  const imports = {
    playbooks: `import { ${exported} } from './${path}'`,
    'test/scenes': `import { scene as ${exported} } from './${path}'`,
  } as const
  return Object.entries(imports).flatMap(([room, imported]) => {
    const index = `${room}/index.ts`
    return listedIn(room as keyof typeof imports).has(name)
      ? []
      : [{ path: index, text: withEntry(readProjectFile(index) ?? '', name, imported), does: 'add' as const }]
  })
}

async function stateOf(name: string, path: string, { before }: PlaybookTemplate): Promise<FileDraft> {
  const exports = await import(pathToFileURL(`${root}playbooks/${path}`).href)
  const playbook = (exports as Record<string, AnyPlaybook>)[exportOf(name)]
  if (!playbook) throw new Error(`playbooks/${path} does not export ${exportOf(name)}.`)
  return { path: `test/states/${name}.json`, text: stateFileOf(playbook, before), does: 'make' }
}
