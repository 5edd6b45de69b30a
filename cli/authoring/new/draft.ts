import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../../shell/errors.ts'
import { readProjectFile, root } from '../../shell/project.ts'

/** A file to write. */
export interface FileDraft {
  path: string
  text: string
  /** Whether the file is new, or an entry is added to one that exists. */
  does: 'make' | 'add'
}

/** Throws `usage` when a file to make exists and must not be replaced. */
export function refuseIfThere(drafts: FileDraft[], force: boolean): void {
  const there = drafts.filter(({ path, does }) => does === 'make' && readProjectFile(path) !== undefined)
  if (there.length > 0 && !force)
    throw new Problem('usage', there.length === 1 ? 'the file already exists' : 'the files already exist', {
      where: there.map(({ path }) => path).join('\n'),
      why: 'existing files are not overwritten',
      fix: 'choose another name, or overwrite the files with --force',
    })
}

/** Writes the files and formats them. Throws what the formatter reports about a text that it cannot parse. */
export function writeDrafts(drafts: FileDraft[]): void {
  if (drafts.length === 0) return
  for (const { path, text } of drafts) {
    mkdirSync(dirname(root + path), { recursive: true })
    writeFileSync(root + path, text)
  }
  const biome = [`${root}node_modules/@biomejs/biome/bin/biome`, 'check', '--write', '--reporter=summary']
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [...biome, ...drafts.map(({ path }) => path)],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  )
  if (error) throw error
  if (status !== 0) throw new Error(`The draft cannot be formatted: ${stdout.trim()}\n${stderr.trim()}`)
}
