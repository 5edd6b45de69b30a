import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { working } from './lock.mjs'
import { heard, problem, root, run } from './run.mjs'

const modules = join(root, 'node_modules')
const emulators = join(root, '.emulators')
const remove = (path) => rmSync(path, { recursive: true, force: true })
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
const hash = (name) =>
  createHash('sha256')
    .update(read(join(root, name)))
    .digest('hex')

// A stamp is written last: a folder without one is incomplete and is installed again.
const stamped = (folder, from) => read(join(folder, '.portcullis')) === hash(from)
const stamp = (folder, from) => writeFileSync(join(folder, '.portcullis'), hash(from))

export const modulesReady = () => stamped(modules, 'package-lock.json')

export async function installModules() {
  if (!installedAlready()) {
    const record = join(modules, '.package-lock.json')
    remove(record)
    const fix = 'see above; `npm ci` must work here, and needs a registry'
    const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund']
    await step('Installing the npm packages', fix, () => must('npm', args))
  }
  stamp(modules, 'package-lock.json')
}

/** Whether npm was run by hand: its own record, also written last, matches the lock file exactly. */
function installedAlready() {
  const record = read(join(modules, '.package-lock.json'))
  if (!record) return false
  const here = JSON.parse(record).packages
  const { '': _, ...wanted } = JSON.parse(read(join(root, 'package-lock.json'))).packages
  return Object.entries(wanted).every(([path, { version, optional }]) =>
    here[path] ? here[path].version === version : optional,
  )
}

/** Also true when both emulators run elsewhere. A Python that was removed by an upgrade leaves a dangling bin/python. */
export function emulatorsReady() {
  if (process.env.PORTCULLIS_MOTO_URL && process.env.PORTCULLIS_MINISTACK_URL) return true
  return existsSync(join(emulators, 'bin/python')) && stamped(emulators, 'local/requirements.txt')
}

export async function installEmulators() {
  const python = findPython()
  // Python compiles a module at its first use; compiling everything here takes a quarter longer.
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', '--no-input']
  const list = ['-r', 'local/requirements.txt']
  const fix = 'see above; pip must work here, and needs an index. Debian and Ubuntu: apt install python3-venv'
  await step('Installing the emulators', fix, async () => {
    remove(emulators)
    const made = await attempt(python, ['-m', 'venv', emulators])
    if (made.code === 0) return must(join(emulators, 'bin/python'), [...pip, ...list])
    // Debian and Ubuntu ship Python without venv; there a folder of packages and a bin/python with its path suffice.
    remove(emulators)
    mkdirSync(join(emulators, 'bin'), { recursive: true })
    const script = `#!/bin/sh\nPYTHONPATH="$(dirname "$0")/../lib" exec ${python} "$@"\n`
    writeFileSync(join(emulators, 'bin/python'), script, { mode: 0o755 })
    return must(python, [...pip, '--target', join(emulators, 'lib'), ...list])
  })
  stamp(emulators, 'local/requirements.txt')
}

/** The command of the first Python >= 3.10 in PATH. Throws when there is none. */
export function findPython() {
  const found = []
  for (const name of ['python3', ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`), 'python']) {
    const ask = 'import sys; print("%d.%d" % sys.version_info[:2])'
    const { stdout } = spawnSync(name, ['-c', ask], { encoding: 'utf8' })
    const [major, minor] = (stdout ?? '').trim().split('.').map(Number)
    if (major === 3 && minor >= 10) return name
    if (major) found.push(`${name} is ${major}.${minor}`)
  }
  const why = found.join(', ') || 'there is no python3'
  const fix = 'install Python: https://www.python.org/downloads'
  const elsewhere = 'or set PORTCULLIS_MOTO_URL and PORTCULLIS_MINISTACK_URL to emulators that run already'
  throw problem(
    'Python 3.10 or newer is needed for the emulators.',
    'PATH',
    why,
    `${fix}\n         ${elsewhere}`,
  )
}

/** Runs a step and prints one line on stderr with its duration in seconds. */
async function step(title, fix, work) {
  const start = Date.now()
  process.stderr.write(`${title} …`)
  const failed = await work().catch((error) => error)
  process.stderr.write(` ${((Date.now() - start) / 1000).toFixed(1)} s\n`)
  if (heard())
    throw Object.assign(new Error('Interrupted. The next run starts this step again.'), { told: true })
  if (failed)
    throw failed.command ? problem(`${title}: failed.`, failed.command, failed.message, fix) : failed
}

const attempt = (command, args) => run(command, args, { started: working })

async function must(command, args) {
  if (heard()) return
  const { code, output } = await attempt(command, args)
  const lines = output.trim().split('\n')
  const shown = lines.length > 30 ? [...lines.slice(0, 20), '…', ...lines.slice(-10)] : lines
  const said = shown.join('\n         ')
  if (code !== 0) throw Object.assign(new Error(said), { command: [command, ...args].join(' ') })
}
