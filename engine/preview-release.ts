import { outcomeOf } from './apply-containment.ts'
import { releasable } from './close-containment.ts'
import { contextOf } from './new-record.ts'
import { digest } from './plan.ts'
import { present } from './present.ts'
import { isGone, type Outcome, type Run, readState, whyGone } from './run.ts'
import { canonical, diff, foreignChanges, restore } from './state.ts'

/** What the release of a containment would change now, and what others changed since: live reads, no writes. */
export async function previewRelease(run: Run, containment: string): Promise<Outcome> {
  const found = await present(run, containment)
  if ('outcome' in found) return found.outcome
  const { record } = found
  const nothing = { hash: record.plan.hash, changes: [], caveats: [], undo: true }
  const answer = outcomeOf(record, 'planned')
  if (!releasable.includes(record.status) || run.playbook.undo === 'none')
    return { ...answer, plan: nothing, why: 'There is nothing to put back.' }
  try {
    const now = await readState(run, contextOf(record, run.settings.prefix), false)
    const ours = [...(record.earlier ?? []), record.after]
    const goal = restore(record.before, ours, now)
    const hash = digest(record.id, canonical(now), canonical(goal))
    return {
      ...answer,
      plan: { ...nothing, hash, changes: diff(now, goal) },
      strays: foreignChanges(record.before, ours, now),
    }
  } catch (error) {
    if (!isGone(run, error)) throw error
    return { ...answer, plan: nothing, why: whyGone(error) }
  }
}
