import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { DevMoment } from '../../../cli/dev/output/moment.ts'
import { plain } from '../shell.ts'

type Kind = DevMoment['type']
type Of<K extends Kind> = Extract<DevMoment, { type: K }>

/** `portcullis dev --json`, driven by lines as an editor drives it. */
export interface Driven {
  say(line: object): void
  /** Returns the next moment of this type. Throws when it is late, or the process has ended. */
  until<K extends Kind>(type: K, fits?: (moment: Of<K>) => boolean): Promise<Of<K>>
  /** The ids of all descendant processes. */
  family(): number[]
  /** Sends the signal and returns the exit code. */
  end(signal: NodeJS.Signals): Promise<number>
}

const patienceMs = 60_000

export function drive(root: string, args: string[] = []): Driven {
  const child = spawn(process.execPath, [join(root, 'cli/portcullis.ts'), 'dev', '--json', ...args], {
    env: plain,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  let said = ''
  child.stderr.on('data', (data) => {
    said += data
  })
  const moments: DevMoment[] = []
  let heard = Promise.withResolvers<void>()
  createInterface(child.stdout).on('line', (line) => {
    moments.push(JSON.parse(line))
    heard.resolve()
    heard = Promise.withResolvers()
  })
  return {
    say: (line) => void child.stdin.write(`${JSON.stringify(line)}\n`),
    async until(type, fits = () => true) {
      for (const end = Date.now() + patienceMs; ; ) {
        const at = moments.findIndex((one) => one.type === type && fits(one as never))
        if (at >= 0) return moments.splice(0, at + 1).at(-1) as never
        const left = end - Date.now()
        if (left <= 0 || child.exitCode !== null)
          throw new Error(`No ${type} came; ${JSON.stringify(moments).slice(0, 2000)} ${said}`)
        await Promise.race([heard.promise, closed, new Promise((resolve) => setTimeout(resolve, left))])
      }
    },
    family: () => descendants(child.pid ?? 0),
    async end(signal) {
      child.kill(signal)
      const [code] = await closed
      return code
    },
  }
}

/** Whether a process exists and is not a zombie. */
export const isAlive = (pid: number): boolean =>
  table().some(([one, , state]) => one === pid && !state.startsWith('Z'))

function descendants(pid: number): number[] {
  const rows = table()
  const below = (of: number): number[] =>
    rows.flatMap(([one, parent]) => (parent === of ? [one, ...below(one)] : []))
  return below(pid)
}

const table = (): [pid: number, parent: number, state: string][] =>
  execFileSync('ps', ['-e', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, state = ''] = line.trim().split(/\s+/)
      return [Number(pid), Number(parent), state]
    })
