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

/** Checks the types of the project on disk. */
export interface TypeChecker {
  /** The errors that are new since the start or in these files; undefined when a newer check has replaced this one. */
  check(saved: string[]): Promise<BrokenVersion[] | undefined>
  /** Cancels the check in progress. */
  drop(): void
  stop(): Promise<void>
}

/** Starts with a check of the project as it is, so that present errors are not blamed on a save. */
export function startTypeChecker(): TypeChecker {
  let running: CompilerRun | undefined
  let isFirst = true
  let latest = 0
  const first = compile().then((found = []) => {
    isFirst = false
    return new Set(found.map(keyOf))
  })

  function compile(): CompilerRun['found'] {
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

interface CompilerRun {
  child: ChildProcess
  /** Undefined when it was killed before it ended. */
  found: Promise<BrokenVersion[] | undefined>
}

function startCompiler(): CompilerRun {
  const tsc = `${root}node_modules/typescript/bin/tsc`
  const child = spawn(process.execPath, [tsc, ...flags], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
  // The reload has priority: the author waits for it.
  if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  let text = ''
  child.stdout.on('data', (data) => {
    text += data
  })
  const ended = once(child, 'close').catch(() => [null, 'SIGKILL'])
  return { child, found: ended.then(([, signal]) => (signal ? undefined : errorsIn(text))) }
}

const fileOf = ({ where }: BrokenVersion): string => where.split(':')[0] ?? ''

/** Without the line number, which changes when lines are added above. */
const keyOf = (one: BrokenVersion): string => `${fileOf(one)} ${one.why}`

// rules/edge/api-flood.ts(12,3): error TS2322: Type …
const errorsIn = (text: string): BrokenVersion[] =>
  [...text.matchAll(/^(\S.*?)\((\d+),(\d+)\): error (TS\d+: .*)$/gm)].map(
    ([, file, line, column, why = '']) => ({
      where: `${file}:${line}:${column}`,
      why,
    }),
  )
