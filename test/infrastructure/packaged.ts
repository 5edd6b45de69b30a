import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Resource } from '../../infrastructure/stack/template/template.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')
const left = ['.git', '.build', '.serverless', '.local', '.emulators', 'coverage', 'node_modules']

/** The result of `serverless package` in a fresh clone. */
export interface Packaged {
  folder: string
  /** What the command printed. */
  said: string
  /** The resources of the root template. */
  resources: Record<string, Resource>
  /** The rest of the root template, besides resources and outputs. */
  rest: object
  /** The logical ids of the functions, without what their kind adds, by the functions' names. */
  functions: Record<string, string>
  outputs: Record<string, { Description?: string; Value: unknown }>
  /** The paths of the root template and of the nested ones. */
  templates: string[]
  /** The root template. */
  text: string
  /** Runs a command in the clone, without credentials and network. */
  run(command: string, ...args: string[]): Promise<{ stdout: string; stderr: string }>
  remove(): Promise<void>
}

/** Packages a copy of this repository, as a clone with installed packages would: no account, no network. */
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
  const files = await readdir(join(folder, '.serverless'))
  const templates = files
    .filter((file) => /^cloudformation-template-(update|nested)/.test(file))
    .map((file) => join(folder, '.serverless', file))
  const text = await readFile(
    join(folder, '.serverless', 'cloudformation-template-update-stack.json'),
    'utf8',
  )
  const { Resources, Outputs, ...rest } = JSON.parse(text)
  const made = Object.entries<Resource>(Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
  const functions = Object.fromEntries(
    made.map(([id, { Properties }]) => [
      String(Properties.FunctionName).replace('portcullis-dev-', ''),
      id.replace('LambdaFunction', ''),
    ]),
  )
  return {
    folder,
    said: stdout + stderr,
    resources: Resources,
    outputs: Outputs,
    rest,
    functions,
    templates,
    text,
    run: clone,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
