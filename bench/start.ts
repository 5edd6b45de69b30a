import { fork } from 'node:child_process'
import { once } from 'node:events'
import { devNull } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../engine/outcome.ts'

/** What a function says of one command. */
export interface BenchAnswer {
  outcomes: Outcome[]
  /** From the command's arrival to the answer. */
  ms: number
  /** Processor time spent so far, on loading and on every command; the machine's other work is not in it. */
  cpuMs: number
  /** The most memory the process has held so far. */
  rssMb: number
}

/** A deployed bundle in a process of its own, as Lambda would run it. */
export interface Running {
  importMs: number
  ask(command: unknown): Promise<BenchAnswer>
  end(): Promise<void>
}

const child = join(import.meta.dirname, 'child.cjs')

/** Starts a bundle in a fresh process. Its log goes nowhere, but it is written. Throws what the bundle throws. */
export async function start(bundle: string): Promise<Running> {
  // Lambda has no profile, and its functions log.
  const { POWERTOOLS_LOG_LEVEL: _, POWERTOOLS_METRICS_DISABLED: __, ...inherited } = process.env
  const env = { ...inherited, AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull }
  const running = fork(child, [bundle], { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const died = once(running, 'exit').then(([code, signal]) => {
    throw new Error(`The function's process ended by itself (${signal ?? code}).`)
  })
  died.catch(() => undefined)
  const next = async <T>(): Promise<T> => (await Promise.race([once(running, 'message'), died]))[0] as T
  const { importMs } = await next<{ importMs: number }>()
  return {
    importMs,
    async ask(command) {
      running.send(command as object)
      const answer = await next<BenchAnswer & { error?: string }>()
      if (answer.error) throw new Error(answer.error)
      return answer
    },
    async end() {
      running.kill()
      await died.catch(() => undefined)
    },
  }
}
