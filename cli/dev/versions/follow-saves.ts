import type { Loop } from '../loop.ts'
import type { ShowMoment } from '../output/moment.ts'
import { startTypes } from './types.ts'
import type { Versions } from './versions.ts'
import { watchProject } from './watch.ts'

/**
 * What follows a save: the new version at once, and then what the compiler says of it; if that is against it, the
 * last version whose types hold is live again. Gives what ends this.
 */
export function followSaves(loop: Loop, versions: Versions, tell: ShowMoment): () => Promise<void> {
  const types = startTypes()
  /** Saved since the types were last known to hold. */
  const unproven = new Set<string>()
  const unwatch = watchProject(async (files) => {
    types.drop()
    for (const file of files) unproven.add(file)
    if (!(await loop.reload(files))) return
    const begun = performance.now()
    const errors = await types.check([...unproven])
    if (!errors) return
    await loop.next(async () => {
      if (errors.length > 0) versions.back()
      else {
        versions.keep()
        unproven.clear()
      }
      tell({ type: 'types', errors, ms: Math.round(performance.now() - begun) })
    })
  })
  return async () => {
    unwatch()
    await types.stop()
  }
}
