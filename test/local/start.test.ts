import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, vi } from 'vitest'

const root = join(import.meta.dirname, '../..')
/** Longer than local/start.ts gives itself, so that its own error comes first. */
const longestMs = 650_000

interface Line {
  type: string
  [key: string]: unknown
}

/** Starts what `npm start` runs once everything is installed, and collects every line it prints. */
function start(...options: string[]) {
  const child = spawn(process.execPath, ['local/start.ts', ...options], { cwd: root })
  const lines: string[] = []
  const said: Buffer[] = []
  createInterface(child.stdout).on('line', (line) => lines.push(line))
  child.stderr.on('data', (data) => said.push(data))
  const ended = once(child, 'close').then(([code]) => code as number)
  const story = () => lines.map((line) => JSON.parse(line) as Line)
  const has = (type: string) =>
    vi.waitFor(() => expect(story().map((one) => one.type)).toContain(type), longestMs)
  return { child, ended, lines, story, has, said: () => Buffer.concat(said).toString() }
}

/** The ids of all descendants of a process. */
function family({ pid }: ChildProcess): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number))
  const below = (parent: number): number[] =>
    pairs.filter(([, ppid]) => ppid === parent).flatMap(([one = 0]) => [one, ...below(one)])
  return below(pid ?? 0)
}

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits until the emulators and the Node.js processes of the functions have ended. */
const gone = (pids: number[]) =>
  vi.waitFor(() => expect(pids.filter(alive)).toEqual([]), { timeout: 60_000, interval: 50 })

describe('npm start', () => {
  it(
    'detects, contains, verifies and releases every recorded attack, and leaves nothing running',
    async () => {
      const { child, ended, story, has, said } = start('--json')
      await has('notice')
      const processes = family(child)
      expect(processes.length).toBeGreaterThan(2)
      expect(await ended, said()).toBe(0)

      const summary = story().at(-1)
      expect(summary).toEqual({
        type: 'summary',
        events: 17,
        matched: 13,
        incidents: 9,
        contained: 10,
        released: 10,
        failed: 0,
        p50_ms: expect.any(Number),
        p95_ms: expect.any(Number),
        proposed: 2,
        evidence: 2,
        told: 3,
        messages: expect.any(Number),
      })
      expect(summary?.p50_ms).toBeGreaterThan(0)
      expect(summary?.messages).toBeGreaterThan(20)
      expect(story().filter(({ type }) => type === 'claim')).toHaveLength(4)
      expect(story().filter(({ type, holds }) => type === 'claim' && !holds)).toEqual([])
      await gone(processes)
    },
    longestMs,
  )

  it(
    'ends at Ctrl-C with exit code 130 and a message, and leaves nothing running',
    async () => {
      const { child, ended, has, said } = start('--json')
      await has('moved')
      const processes = family(child)
      expect(processes.length).toBeGreaterThan(2)
      child.kill('SIGINT')
      expect(await ended).toBe(130)
      expect(said()).toContain('Stopped. Nothing is left running.')
      await gone(processes)
    },
    longestMs,
  )

  it(
    'reports in one error that an emulator has ended',
    async () => {
      const { child, ended, has, said } = start('--json')
      await has('moved')
      const processes = family(child)
      process.kill(emulator(child, 'moto'), 'SIGKILL')
      expect(await ended).toBe(1)
      expect(said().match(/error:/g)).toHaveLength(1)
      expect(said()).toContain('error: The emulator moto ended with SIGKILL.')
      await gone(processes)
    },
    longestMs,
  )

  it('refuses an unknown option with exit code 2 and prints nothing on standard output', async () => {
    const { ended, lines, said } = start('--jsn')
    expect(await ended).toBe(2)
    expect(lines).toEqual([])
    expect(said()).toContain("Unknown option '--jsn'")
  })

  it('prints its options, with examples first', async () => {
    const { ended, lines, said } = start('--help')
    expect(await ended).toBe(0)
    expect(lines.join('\n')).toContain('npm start -s -- --json')
    expect(said()).toBe('')
  })
})

function emulator({ pid }: ChildProcess, name: string): number {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  const line = lines.find(
    (one) => one.trim().split(/\s+/)[1] === String(pid) && one.includes(`supervisor.py ${name}`),
  )
  return Number(line?.trim().split(/\s+/)[0])
}
