import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import { root } from '../../shell/project.ts'
import type { BrokenVersion } from './protocol.ts'

const flags = [
  '--noEmit',
  '--pretty',
  'false',
  '--incremental',
  '--tsBuildInfoFile',
  '.local/dev.tsbuildinfo',
]

/** Asks the compiler about the project as it is on disk. */
export interface Types {
  /** What is wrong that was not wrong at the start, or is in these files; nothing when it was asked anew meanwhile. */
  check(saved: string[]): Promise<BrokenVersion[] | undefined>
  /** Nobody waits for what is being asked now. */
  drop(): void
  stop(): Promise<void>
}

/** Begins with a look at the project as it is: what is wrong with it now, no save is to blame for. */
export function startTypes(): Types {
  let running: Compiling | undefined
  let isFirst = true
  let latest = 0
  const first = compile().then((found = []) => {
    isFirst = false
    return new Set(found.map(keyOf))
  })

  function compile(): Compiling['found'] {
    running = startCompiler()
    return running.found
  }

  return {
    async check(saved) {
      const turn = ++latest
      const known = await first
      const found = turn === latest ? await compile() : undefined
      if (turn !== latest) return undefined
      return found?.filter((one) => saved.includes(fileOf(one)) || !known.has(keyOf(one)))
    },
    drop() {
      latest++
      if (!isFirst) running?.child.kill()
    },
    async stop() {
      latest++
      running?.child.kill()
      await running?.found
    },
  }
}

interface Compiling {
  child: ChildProcess
  /** Nothing when it was ended before it was done. */
  found: Promise<BrokenVersion[] | undefined>
}

function startCompiler(): Compiling {
  const tsc = `${root}node_modules/typescript/bin/tsc`
  const child = spawn(process.execPath, [tsc, ...flags], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
  // People wait for the reload; this may take its time.
  if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  let text = ''
  child.stdout.on('data', (data) => {
    text += data
  })
  const ended = once(child, 'close').catch(() => [null, 'SIGKILL'])
  return { child, found: ended.then(([, signal]) => (signal ? undefined : errorsIn(text))) }
}

const fileOf = ({ where }: BrokenVersion): string => where.split(':')[0] ?? ''

/** Lines move when something is written above them. */
const keyOf = (one: BrokenVersion): string => `${fileOf(one)} ${one.why}`

// rules/edge/api-flood.ts(12,3): error TS2322: Type …
const errorsIn = (text: string): BrokenVersion[] =>
  [...text.matchAll(/^(\S.*?)\((\d+),(\d+)\): error (TS\d+: .*)$/gm)].map(
    ([, file, line, column, why = '']) => ({
      where: `${file}:${line}:${column}`,
      why,
    }),
  )
