import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../shell/errors.ts'
import { readProjectFile, root } from '../shell/project.ts'
import { formatted } from './formatted.ts'

/** A file that is about to be written. */
export interface FileDraft {
  path: string
  text: string
  /** Whether it is made, or one line more stands in it. */
  does: 'make' | 'add'
}

/** Throws `usage` when one of the files that are to be made is there already, and that is not to be replaced. */
export function refuseIfThere(drafts: FileDraft[], force: boolean): void {
  const there = drafts.filter(({ path, does }) => does === 'make' && readProjectFile(path) !== undefined)
  if (there.length > 0 && !force)
    throw new Problem('usage', `${there.length === 1 ? 'a file is' : 'files are'} there already`, {
      where: there.map(({ path }) => path).join('\n'),
      why: 'what somebody wrote is not overwritten',
      fix: 'give another name, or --force to write them anew',
    })
}

/** Writes them, as the formatter wants them. */
export function writeDrafts(drafts: FileDraft[]): void {
  for (const { path, text } of drafts) {
    mkdirSync(dirname(root + path), { recursive: true })
    writeFileSync(root + path, formatted(path, text))
  }
}
