import type { BrokenVersion, VersionAsked, VersionCall } from './protocol.ts'
import { startWorker, type VersionWorker } from './worker.ts'

/** The versions of the project: the live one, the last one without type errors, and a spare process for the next. */
export interface Versions {
  /** Calls the live version. Throws when there is none. */
  ask: VersionWorker['ask']
  /**
   * Loads the version on disk and makes it live; returns why it could not. `compare` may call both versions before and
   * reject the new one; it is not called for the first version.
   */
  reload(
    compare: (old: VersionWorker, next: VersionWorker) => Promise<BrokenVersion | undefined>,
  ): Promise<BrokenVersion | undefined>
  /** The live version has no type errors: drops the one before. */
  keep(): void
  /** The live version has type errors: makes the last one without errors live again. Returns whether there is one. */
  back(): boolean
  stop(): Promise<void>
}

/** Starts the spare process; there is no live version before the first `reload`. */
export function openVersions(
  environment: () => Record<string, string>,
  said: (line: string) => void,
): Versions {
  let live: VersionWorker | undefined
  let proven: VersionWorker | undefined
  let spare = startWorker(said)
  const retiring = new Set<Promise<void>>()

  const retire = (worker: VersionWorker | undefined): void => {
    if (!worker) return
    const going = worker.retire().finally(() => retiring.delete(going))
    retiring.add(going)
  }

  return {
    ask<N extends VersionCall>(name: N, input: VersionAsked[N][0]): Promise<VersionAsked[N][1]> {
      if (!live) throw new Error('No version of the project could be loaded yet. Fix the error and save.')
      return live.ask(name, input)
    },
    async reload(compare) {
      const next = spare
      const broken = (await next.load(environment())) ?? (live && (await compare(live, next)))
      // After the reload, which has priority.
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
