import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EmulatorName } from './router.ts'

export interface Emulator {
  url: string
  /** Resolves with the reason when it ends without having been stopped. Never rejects. */
  died: Promise<Error>
  /** Stops it, and removes every process it started and its temporary directory. */
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')
/** How long an emulator may take until it answers, on a busy machine. */
const patienceMs = 120_000
/** How long a stopped emulator may take to end by itself. */
const stopMs = 5_000
const health: Record<EmulatorName, string> = { moto: '/moto-api/', ministack: '/_ministack/health' }

/**
 * Starts an emulator from `.emulators/` on its own loopback port. Of this process's environment it gets PATH and TMPDIR
 * only. It cannot outlive this process (supervisor.py). Throws when it is not installed, or when it ends or stays silent
 * instead of becoming ready; the error has its exit code and last lines.
 */
export async function startEmulator(name: EmulatorName, env: Record<string, string>): Promise<Emulator> {
  const child = spawn(interpreter(), [join(root, 'local/supervisor.py'), name], {
    env: { ...inherited(), ...env },
    // In its own process group: Ctrl-C reaches this process only, which then stops the emulator in order.
    detached: true,
  })
  child.stdin.on('error', () => {}) // the emulator ended first; `ended` reports it
  const { first, last } = listen(child)
  let directory: string | undefined
  let stopping = false
  const ended = new Promise<Error>((resolve) => {
    const end = async (how: string, cause?: Error) => {
      if (directory) await rm(directory, { recursive: true, force: true })
      resolve(failure(name, how, last(), cause))
    }
    child.once('error', (error) => void end('could not be run', error))
    child.once('close', (code, signal) => void end(`ended with ${signal ?? `exit code ${code}`}`))
  })
  const stop = async () => {
    stopping = true
    child.stdin.end()
    const late = setTimeout(() => child.kill('SIGKILL'), stopMs)
    await ended
    clearTimeout(late)
  }

  const ready = async () => {
    const silence = sleep(patienceMs, undefined, { ref: false }).then(() =>
      Promise.reject(new Error(`it printed nothing for ${patienceMs / 1000} s`)),
    )
    const announced = JSON.parse(await Promise.race([first, silence])) as { port: number; dir: string }
    directory = announced.dir
    const url = `http://127.0.0.1:${announced.port}`
    await answers(name, url, patienceMs)
    return url
  }
  const outcome = await Promise.race([ended, ready().catch((error: Error) => error)])
  if (typeof outcome === 'string') {
    return { url: outcome, stop, died: new Promise((resolve) => ended.then((e) => stopping || resolve(e))) }
  }
  // Where the connection broke because the emulator ended, its last lines say more than the broken connection.
  const reason = await Promise.race([
    ended,
    sleep(500, failure(name, 'did not become ready', last(), outcome)),
  ])
  await stop()
  throw reason
}

/** Throws unless an emulator of this kind answers there; the error keeps its cause. */
export async function answers(name: EmulatorName, url: string, milliseconds: number): Promise<void> {
  const response = await fetch(url + health[name], { signal: AbortSignal.timeout(milliseconds) })
  if (!response.ok) throw new Error(`${url}${health[name]} answered ${response.status}`)
}

/** An error as all of `local/` prints it, in four lines: what, where, why, fix. */
export function problem(
  what: string,
  lines: { where: string; why: string; fix: string },
  cause?: unknown,
): Error {
  const text = Object.entries(lines).map(([key, line]) => `  ${`${key}:`.padEnd(7)}${line}`)
  return new Error([what, ...text].join('\n'), cause === undefined ? {} : { cause })
}

function failure(name: EmulatorName, how: string, last: string[], cause?: Error): Error {
  const said = last.length > 0 ? ['its last lines:', ...last].join('\n    ') : 'it printed nothing'
  const why = cause ? `${cause.message}; ${said}` : said
  const fix = 'remove .emulators/ and run the command again; it reinstalls the pinned versions'
  return problem(`The emulator ${name} ${how}.`, { where: 'local/supervisor.py', why, fix }, cause)
}

/** The Python in which local/setup.mjs installed the emulators. */
function interpreter(): string {
  const python = join(root, '.emulators/bin/python')
  if (existsSync(python)) return python
  throw problem('The emulators are not installed.', {
    where: '.emulators/bin/python',
    why: 'the file does not exist',
    fix: 'run `npm start` or `npm test`, which install them',
  })
}

/** MiniStack runs Lambda functions with its own environment: it must hold Node 24 and no secret of the user. */
function inherited(): Record<string, string> {
  const { PATH = '', TMPDIR } = process.env
  const path = [join(root, 'node_modules/.bin'), dirname(process.execPath), PATH].join(':')
  return { PATH: path, PYTHONUTF8: '1', ...(TMPDIR && { TMPDIR }) }
}

/** Promises the first line of its output; `last` gives the last five lines of what it has printed so far. */
function listen({ stdout, stderr }: ChildProcess) {
  const last: string[] = []
  const first = new Promise<string>((resolve) => {
    if (stdout) createInterface(stdout).once('line', resolve).on('line', keep)
    if (stderr) createInterface(stderr).on('line', keep)
  })
  function keep(line: string) {
    if (line.trim() && !line.startsWith('{"port"')) last.push(line)
    if (last.length > 5) last.shift()
  }
  return { first, last: () => last }
}
