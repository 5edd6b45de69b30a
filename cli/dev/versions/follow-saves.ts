import type { Loop } from '../loop.ts'
import type { ShowMoment } from '../output/moment.ts'
import { startTypeChecker } from './types.ts'
import type { Versions } from './versions.ts'
import { watchProject } from './watch.ts'

/**
 * After a save, makes the new version live at once, then checks its types; with type errors, the last version without
 * errors becomes live again. Returns a function that ends this.
 */
export function followSaves(loop: Loop, versions: Versions, tell: ShowMoment): () => Promise<void> {
  const types = startTypeChecker()
  /** Saved since the last check without errors. */
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
