import type { BrokenVersion, Name, VersionAsked } from './protocol.ts'
import { startWorker, type Worker } from './worker.ts'

/** The versions of the project: the one that is live, the last one whose types hold, and a warm process for the next. */
export interface Versions {
  /** Asks the live one. Throws when there is none. */
  ask: Worker['ask']
  /**
   * Loads what is on disk, and makes it live; gives why not, if so. `compare` may ask both before, and object to the
   * new one; it is not called for the first.
   */
  reload(
    compare: (old: Worker, next: Worker) => Promise<BrokenVersion | undefined>,
  ): Promise<BrokenVersion | undefined>
  /** The types of the live one hold: what was before it is not needed any more. */
  keep(): void
  /** They do not: the last one whose types hold is live again. Gives whether there is one. */
  back(): boolean
  stop(): Promise<void>
}

/** Starts a process that warms itself at once; nothing is live before the first `reload`. */
export function openVersions(
  environment: () => Record<string, string>,
  said: (line: string) => void,
): Versions {
  let live: Worker | undefined
  let proven: Worker | undefined
  let spare = startWorker(said)
  const retiring = new Set<Promise<void>>()

  const retire = (worker: Worker | undefined): void => {
    if (!worker) return
    const going = worker.retire().finally(() => retiring.delete(going))
    retiring.add(going)
  }

  return {
    ask<N extends Name>(name: N, input: VersionAsked[N][0]): Promise<VersionAsked[N][1]> {
      if (!live) throw new Error('No version of the project could be loaded yet: save what is broken.')
      return live.ask(name, input)
    },
    async reload(compare) {
      const next = spare
      const broken = (await next.load(environment())) ?? (live && (await compare(live, next)))
      // Only now: what somebody waits for comes first.
      spare = startWorker(said)
      if (broken) {
        retire(next)
        return broken
      }
      if (proven) retire(live)
      else proven = live
      live = next
      return undefined
    },
    keep() {
      retire(proven)
      proven = undefined
    },
    back() {
      if (!proven) return false
      retire(live)
      live = proven
      proven = undefined
      return true
    },
    async stop() {
      for (const worker of [live, proven, spare]) retire(worker)
      await Promise.all(retiring)
    },
  }
}
