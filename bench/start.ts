import { fork } from 'node:child_process'
import { once } from 'node:events'
import { devNull } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../engine/outcome.ts'

/** A function's result for one command. */
export interface BenchAnswer {
  outcomes: Outcome[]
  /** From the command's arrival to the answer. */
  ms: number
  /** Processor time so far, for loading and every command, without other load of the machine. */
  cpuMs: number
  /** Peak memory of the process so far. */
  rssMb: number
}

/** A deployed bundle in a separate process, as Lambda would run it. */
export interface Running {
  importMs: number
  ask(command: unknown): Promise<BenchAnswer>
  end(): Promise<void>
}

const child = join(import.meta.dirname, 'child.cjs')

/** Starts a bundle in a new process. Its log is written and discarded. Throws what the bundle throws. */
export async function start(bundle: string): Promise<Running> {
  // A function in Lambda has no AWS profile, and writes its log.
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
