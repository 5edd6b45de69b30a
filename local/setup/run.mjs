import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(fileURLToPath(import.meta.url), '../../..')

/** An error for people: problem, where, why, fix. It is printed without a stack. */
export function problem(what, where, why, fix) {
  return Object.assign(new Error(`${what}\n  where: ${where}\n  why:   ${why}\n  fix:   ${fix}`), {
    told: true,
  })
}

let child
let impatient = false
let signal
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => {
    signal = name
    // A terminal sends Ctrl-C to the child as well, and many programs take a second one to mean "at once".
    if (name !== 'SIGINT' || !process.stdin.isTTY) child?.kill(name)
    // npm continues for half a minute. What it leaves incomplete is installed again next time.
    if (impatient) setTimeout(() => child.kill('SIGKILL'), 1_000).unref()
  })
}

/** The signal that asked this process to end, if any. */
export const heard = () => signal

/** The exit code that shells use for that signal; 0 without one. */
export const exitCode = () => (signal ? 128 + constants.signals[signal] : 0)

/** Runs a program in the repository to its end and forwards signals to it. A signal's exit code is 128 + its number. */
export function run(command, args, { env = process.env, stdio = 'pipe', started = () => {} } = {}) {
  return new Promise((resolve) => {
    let output = ''
    impatient = stdio === 'pipe'
    child = spawn(command, args, {
      cwd: root,
      env,
      stdio: [stdio === 'pipe' ? 'ignore' : stdio, stdio, stdio],
    })
    child.stdout?.on('data', (data) => (output += data))
    child.stderr?.on('data', (data) => (output += data))
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code, died) => resolve({ code: code ?? 128 + constants.signals[died], output }))
    if (child.pid) started(child.pid)
  })
}
