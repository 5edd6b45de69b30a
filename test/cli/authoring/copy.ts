import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { plain, type Ran, root } from '../shell.ts'

/** A copy of the project in which a test may write. */
export interface Copy {
  folder: string
  /** Runs a script in the copy, where `portcullis` is the copy's command line. */
  sh(script: string): Promise<Ran>
  /** The same while one file is changed, or deleted (undefined). Throws when the change has no effect. */
  spoilt(path: string, change: (text: string) => string | undefined, script: string): Promise<Ran>
  /** Runs a tool of node_modules/.bin in the copy. */
  tool(name: string, ...args: string[]): Promise<Ran>
  remove(): void
}

/** Copies tracked and new files; installed packages and emulators are shared. */
export function copyOf(): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-author-'))
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const path of listed.split('\0').filter((one) => one && existsSync(join(root, one)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(root, path), join(folder, path))
  }
  for (const shared of ['node_modules', '.emulators'].filter((one) => existsSync(join(root, one))))
    symlinkSync(join(root, shared), join(folder, shared))
  const bin = join(root, 'node_modules/.bin')
  const env = { ...plain, PATH: `${dirname(process.execPath)}:${bin}:${plain.PATH}`, HOME: folder, CI: '1' }
  const run = (command: string, args: string[]) => ran(command, args, folder, env)
  const sh = (script: string) =>
    run('bash', ['-euc', `portcullis() { node cli/portcullis.ts "$@"; }\n${script}`])
  return {
    folder,
    sh,
    async spoilt(path, change, script) {
      const file = join(folder, path)
      const text = readFileSync(file, 'utf8')
      const changed = change(text)
      if (changed === text) throw new Error(`The change to ${path} has no effect.`)
      if (changed === undefined) rmSync(file)
      else writeFileSync(file, changed)
      try {
        return await sh(script)
      } finally {
        writeFileSync(file, text)
      }
    },
    tool: (name, ...args) => run(join(bin, name), args),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function ran(command: string, args: string[], cwd: string, env: Record<string, string>): Promise<Ran> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Record<'out' | 'err', Buffer[]> = { out: [], err: [] }
  child.stdout.on('data', (data) => said.out.push(data))
  child.stderr.on('data', (data) => said.err.push(data))
  const [code] = await once(child, 'close')
  return { code, out: Buffer.concat(said.out).toString(), err: Buffer.concat(said.err).toString() }
}
