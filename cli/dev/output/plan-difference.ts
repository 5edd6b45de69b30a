import { same } from '../../../engine/state.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { changeLine, targetNameOf } from '../../../responders/messages/format/plan-lines.ts'
import type { Planned } from '../versions/protocol.ts'

/** A line of a plan that a save added, changed or removed; sanitized. */
export interface PlanDifference {
  sign: '+' | '~' | '-'
  /** The playbook and target of the plan. */
  of: string
  before?: string
  now?: string
}

/** How the plans for an event differ after a save: compared by rule, playbook and target, and by path. Pure. */
export function planDifferenceOf(before: Planned[], now: Planned[]): PlanDifference[] {
  const [old, next] = [linesOf(before), linesOf(now)]
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((key): PlanDifference[] => {
    const [was, is] = [old.get(key), next.get(key)]
    const of = (is ?? was)?.of ?? ''
    if (!was && is) return [{ sign: '+', of, now: is.line }]
    if (was && !is) return [{ sign: '-', of, before: was.line }]
    return was && is && was.line !== is.line ? [{ sign: '~', of, before: was.line, now: is.line }] : []
  })
}

/** The lines of the plans, keyed by rule, playbook, target and path. */
function linesOf(plans: Planned[]): Map<string, { of: string; line: string }> {
  const lines = new Map<string, { of: string; line: string }>()
  for (const { rule, playbook, target, decision, why, plan } of plans) {
    const of = `${playbook}${target ? ` on ${targetNameOf(target)}` : ''}`
    const key = JSON.stringify([rule, playbook, target])
    lines.set(key, { of, line: `${decision}, by rule ${rule}${why ? `: ${sanitize(why)}` : ''}` })
    for (const change of plan?.changes ?? [])
      if (!same(change.before, change.after))
        lines.set(key + change.path, { of, line: changeLine(change, plan?.undo) })
    for (const caveat of plan?.caveats ?? [])
      lines.set(`${key}!${caveat}`, { of, line: `! ${sanitize(caveat)}` })
  }
  return lines
}
