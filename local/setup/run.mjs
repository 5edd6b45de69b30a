import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(fileURLToPath(import.meta.url), '../../..')

/** What is told to people: problem, where, why, fix; without a stack. */
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
    // A terminal sends Ctrl-C to the child as well, and to many programs hearing it twice means "at once".
    if (name !== 'SIGINT' || !process.stdin.isTTY) child?.kill(name)
    // npm goes on for half a minute. What it leaves is made anew next time, so nothing is lost.
    if (impatient) setTimeout(() => child.kill('SIGKILL'), 1_000).unref()
  })
}

/** The signal that wants us to end, if there was one. */
export const heard = () => signal

/** What a shell expects of somebody who ended by that signal, or 0. */
export const exitCode = () => (signal ? 128 + constants.signals[signal] : 0)

/** Runs a program in the repository to its end; signals to us reach it. A signal's exit code is 128 + its number. */
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
