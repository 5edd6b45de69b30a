import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { BrokenVersion, FromVersion, Name, ToVersion, VersionAsked } from './protocol.ts'

const file = fileURLToPath(new URL('version.ts', import.meta.url))

/** A process that holds one version of the project. */
export interface Worker {
  /** Loads what is on disk now. Gives why it cannot be loaded, if so. */
  load(environment: Record<string, string>): Promise<BrokenVersion | undefined>
  /** Throws what the version throws, and when its process is gone. */
  ask<N extends Name>(name: N, input: VersionAsked[N][0]): Promise<VersionAsked[N][1]>
  /** Ends it once it has answered what it was asked. */
  retire(): Promise<void>
}

/** Starts one, which warms itself; `said` is given what its code prints. It ends with this process however that ends. */
export function startWorker(said: (line: string) => void): Worker {
  const child = fork(file, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'advanced' })
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', said)
  const open = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>()
  const loading = Promise.withResolvers<BrokenVersion | undefined>()
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const { reject } of open.values()) reject(lost())
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
        if (!child.connected) return reject(lost())
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

const lost = (): Error => new Error('The process of this version has ended.')
