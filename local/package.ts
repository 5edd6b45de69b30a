import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from '../infrastructure/build.ts'
import { nestedTemplatesIn } from '../infrastructure/stack/template/packaged.ts'

const root = join(import.meta.dirname, '..')
/** Not `.serverless/`, which may hold a package of another stage. */
const local = join(root, '.local')

// Containment as the rules say, and releases soon enough to be seen.
const options = ['--stage', 'local', '--param', 'ceiling=contain', '--param', 'longest=20s']

/** What the templates are made of besides the bundles; packages by the lockfile, which pins their versions. */
const sources = [
  'engine',
  'exceptions.json',
  'infrastructure',
  'lib',
  'package-lock.json',
  'playbooks',
  'responders',
  'rules',
  'sdk',
  'sensing',
  'serverless.yml',
]

export interface Package {
  /** Whether it was made now, or was there already. */
  fresh: boolean
  /** The path of a function's zip, by the zip's name. */
  zips: Map<string, string>
  /** The templates of the root stack in the order in which they are deployed. */
  templates: [string, string]
  /** The templates of the nested stacks, by their keys in the deployment bucket. */
  nested: Map<string, string>
}

/** The stack as `serverless package` makes it for the stage `local`. Throws what that printed when it fails. */
export async function packageStack(signal: AbortSignal): Promise<Package> {
  const [built, hash] = await Promise.all([build(), hashOf()])
  const folder = join(local, `package-${hash.slice(0, 16)}`)
  const template = (name: string) => readFile(join(folder, `cloudformation-template-${name}.json`), 'utf8')
  const fresh = !existsSync(folder)
  if (fresh) await make(folder, signal)
  const templates: Package['templates'] = [await template('create-stack'), await template('update-stack')]
  const nested = await nestedTemplatesIn(folder, JSON.parse(templates[1]))
  return {
    fresh,
    zips: new Map(built.map(({ name, zip }) => [`${name}.zip`, zip])),
    templates,
    nested: new Map(nested.map(({ key, text }) => [key, text])),
  }
}

/** Atomically: a test may be packaging the same at this moment. */
async function make(folder: string, signal: AbortSignal): Promise<void> {
  const unfinished = `${folder}.${process.pid}`
  const earlier = (await readdir(local).catch(() => [])).filter((name) => /^package-\w{16}$/.test(name))
  await run([...options, '--package', unfinished], signal)
  await rename(unfinished, folder).catch((error) => {
    if (!existsSync(folder)) throw error
    return rm(unfinished, { recursive: true })
  })
  for (const name of earlier)
    if (name !== basename(folder)) await rm(join(local, name), { recursive: true, force: true })
}

function run(options: string[], signal: AbortSignal): Promise<void> {
  const program = join(root, 'node_modules', 'serverless', 'bin', 'serverless.js')
  const child = spawn(process.execPath, [program, 'package', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  const printed: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => printed.push(text))
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      if (code === 0) return resolve()
      const said = Buffer.concat(printed).toString().trim()
      reject(new Error(`serverless package ended with ${code}. It printed:\n${said}`))
    })
  })
}

async function hashOf(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(options))
  for (const file of (await Promise.all(sources.map(filesOf))).flat())
    hash.update(`${file}\0`).update(await readFile(join(root, file)))
  return hash.digest('hex')
}

async function filesOf(source: string): Promise<string[]> {
  const entries = await readdir(join(root, source), { recursive: true, withFileTypes: true }).catch(
    () => undefined,
  )
  const files = entries?.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return files?.map((file) => file.slice(root.length + 1)).sort() ?? [source]
}
