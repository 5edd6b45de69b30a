import type { Containment } from '../../engine/journal/record.ts'
import type { Outcome } from '../../engine/outcome.ts'
import { isContainment, type Turn } from './journal.ts'
import type { DevMoment } from './moment.ts'

/** What the journal's changes mean, and what came of those commands that changed nothing in it. Pure. */
export function movesIn(turns: Turn[], outcomes: Outcome[]): DevMoment[] {
  const told = new Set(turns.flatMap(({ now }) => (isContainment(now) ? now.id : now.playbook)))
  return [
    ...turns.flatMap((turn) => stepsOf(turn, outcomes)),
    ...outcomes
      .filter(({ containment, playbook }) => !told.has(containment ?? '') && !told.has(playbook))
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

function stepsOf({ before, now }: Turn, outcomes: Outcome[]): DevMoment[] {
  if (!isContainment(now)) {
    const { kind, playbook, rule, says } = now
    return [{ type: 'notice', notice: { kind, playbook, rule, says } }]
  }
  const known = before && isContainment(before) && before.id === now.id ? before.history.length : 0
  const ms = outcomes.find(({ containment }) => containment === now.id)?.milliseconds
  return (
    now.history
      .slice(known)
      // It is over in a moment, and what follows it is told.
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
