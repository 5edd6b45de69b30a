import type { Containment } from '../../../engine/journal/record.ts'
import type { Outcome } from '../../../engine/outcome.ts'
import { isContainment, type JournalChange } from '../aws/journal-changes.ts'
import type { DevMoment } from './moment.ts'

/** The moments for changes of the journal, and for commands that changed nothing. Pure. */
export function movesIn(changes: JournalChange[], outcomes: Outcome[]): DevMoment[] {
  const reported = new Set(changes.flatMap(({ now }) => (isContainment(now) ? now.id : now.playbook)))
  return [
    ...changes.flatMap((change) => stepsOf(change, outcomes)),
    ...outcomes
      .filter(({ containment, playbook }) => !reported.has(containment ?? '') && !reported.has(playbook))
      .map(
        ({ playbook, status, why }): DevMoment => ({
          type: 'unchanged',
          playbook,
          status,
          ...(why && { why }),
        }),
      ),
  ]
}

function stepsOf({ before, now }: JournalChange, outcomes: Outcome[]): DevMoment[] {
  if (!isContainment(now)) {
    const { kind, playbook, rule, says } = now
    return [{ type: 'notice', notice: { kind, playbook, rule, says } }]
  }
  const known = before && isContainment(before) && before.id === now.id ? before.history.length : 0
  const ms = outcomes.find(({ containment }) => containment === now.id)?.milliseconds
  return (
    now.history
      .slice(known)
      // `containing` lasts only a moment: the next status is shown instead.
      .filter(({ status }, at, all) => status !== 'containing' || at === all.length - 1)
      .map(({ status, why, by }, at, all) => {
        const reason = why ?? by.reason ?? (status === now.status ? now.why : undefined)
        return {
          ...movedOf(now),
          to: status,
          ...(reason && { why: reason }),
          ...(ms !== undefined && at === all.length - 1 && { ms }),
        }
      })
  )
}

const movedOf = ({ id, incident, playbook, rule, target, plan, due, status }: Containment) => ({
  type: 'moved' as const,
  to: status,
  containment: id,
  incident,
  playbook,
  rule,
  target,
  plan,
  due,
})
