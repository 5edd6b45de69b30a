import { readdirSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../shell.ts'

/** Installed folders are shared by links; generated ones are left out. */
const shared = ['node_modules', '.emulators']
const left = ['.git', '.build', '.local', '.serverless', 'bench', 'docs', ...shared]

/** A copy of the project in which a test may change files. */
export interface Copy {
  path: string
  /** Saves a file with one text replaced; returns a function that restores it. */
  edit(file: string, before: string, after: string): Promise<() => Promise<void>>
  remove(): Promise<void>
}

export async function copyProject(): Promise<Copy> {
  const path = await mkdtemp(join(tmpdir(), 'portcullis-dev-'))
  const own = readdirSync(root).filter((name) => !left.includes(name))
  await Promise.all([
    ...own.map((name) => cp(join(root, name), join(path, name), { recursive: true })),
    ...shared.map((name) => symlink(join(root, name), join(path, name))),
  ])
  // Type-check only what the test changes: checking the whole project takes longer than the rest of the test.
  const config = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8'))
  await writeFile(join(path, 'tsconfig.json'), JSON.stringify({ ...config, include: ['rules/index.ts'] }))
  return {
    path,
    async edit(file, before, after) {
      const place = join(path, file)
      const text = await readFile(place, 'utf8')
      if (!text.includes(before)) throw new Error(`${file} does not contain ${before}`)
      await writeFile(place, text.replace(before, after))
      return () => writeFile(place, text)
    },
    remove: () => rm(path, { recursive: true, force: true }),
  }
}
