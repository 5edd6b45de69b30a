import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Resource } from '../../infrastructure/stack/template/template.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')
const left = ['.git', '.build', '.serverless', '.local', '.emulators', 'coverage', 'node_modules']

/** What `serverless package` made of a fresh clone. */
export interface Packaged {
  folder: string
  /** What the command printed. */
  said: string
  resources: Record<string, Resource & { DependsOn?: string[] }>
  outputs: Record<string, { Description?: string; Value: unknown }>
  /** Where the template lies, and what is in it. */
  template: string
  text: string
  /** Runs a command in the clone: no credentials, and no way out. */
  run(command: string, ...args: string[]): Promise<{ stdout: string; stderr: string }>
  remove(): Promise<void>
}

/** Packages a copy of this repository as a clone with installed packages would: no account, no network. */
export async function packageClone(): Promise<Packaged> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-'))
  await cp(root, folder, { recursive: true, filter: (path) => !left.includes(basename(path)) })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  const nowhere = 'http://127.0.0.1:9'
  const env = {
    PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
    HOME: folder,
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    http_proxy: nowhere,
    https_proxy: nowhere,
    npm_config_registry: nowhere,
  }
  const clone = (command: string, ...args: string[]) =>
    run(command, args, { cwd: folder, env, maxBuffer: 1e8 })
  const { stdout, stderr } = await clone('npx', 'serverless', 'package')
  const template = join(folder, '.serverless', 'cloudformation-template-update-stack.json')
  const text = await readFile(template, 'utf8')
  const { Resources, Outputs } = JSON.parse(text)
  return {
    folder,
    said: stdout + stderr,
    resources: Resources,
    outputs: Outputs,
    template,
    text,
    run: clone,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
