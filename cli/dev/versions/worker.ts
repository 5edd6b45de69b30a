import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { BrokenVersion, FromVersion, ToVersion, VersionAsked, VersionCall } from './protocol.ts'

const file = fileURLToPath(new URL('version.ts', import.meta.url))

/** The process of one version of the project. */
export interface VersionWorker {
  /** Loads the version on disk; returns why it cannot be loaded, if so. */
  load(environment: Record<string, string>): Promise<BrokenVersion | undefined>
  /** Throws errors of the version, and when its process has ended. */
  ask<N extends VersionCall>(name: N, input: VersionAsked[N][0]): Promise<VersionAsked[N][1]>
  /** Ends it after all calls are answered. */
  retire(): Promise<void>
}

/** Starts a process; `said` gets the lines that its code prints. It ends when this process ends, in any way. */
export function startWorker(said: (line: string) => void): VersionWorker {
  const child = fork(file, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'advanced' })
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', said)
  const open = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>()
  const loading = Promise.withResolvers<BrokenVersion | undefined>()
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const { reject } of open.values()) reject(lostError())
      loading.resolve({ where: 'cli/dev/versions/version.ts', why: 'its process has ended' })
      resolve()
    })
  })
  let last = 0

  child.on('message', (message: FromVersion) => {
    if ('loaded' in message) return loading.resolve(undefined)
    if ('broken' in message) return loading.resolve(message.broken)
    const waiting = open.get(message.id)
    open.delete(message.id)
    if ('failed' in message) waiting?.reject(new Error(message.failed))
    else waiting?.resolve(message.answer)
  })

  const send = (message: ToVersion): void => void (child.connected && child.send(message))
  return {
    load(environment) {
      send({ load: environment })
      return loading.promise
    },
    ask(name, input) {
      const id = ++last
      return new Promise((resolve, reject) => {
        if (!child.connected) return reject(lostError())
        open.set(id, { resolve: resolve as (answer: unknown) => void, reject })
        send({ ask: name, id, input } as ToVersion)
      })
    },
    async retire() {
      while (open.size > 0 && child.connected) await new Promise((resolve) => setTimeout(resolve, 20))
      if (child.connected) child.disconnect()
      const late = setTimeout(() => child.kill('SIGKILL'), 2_000)
      await gone
      clearTimeout(late)
    },
  }
}

const lostError = (): Error => new Error('The process of this version has ended.')
