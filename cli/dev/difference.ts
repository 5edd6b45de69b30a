import { same } from '../../engine/state.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { changeLine, targetNameOf } from '../../responders/messages/format/plan-lines.ts'
import type { Planned } from './protocol.ts'

/** One line of a plan that a save added, changed or took away; inert. */
export interface PlanDifference {
  sign: '+' | '~' | '-'
  /** Whose plan: a playbook and its target. */
  of: string
  before?: string
  now?: string
}

/** What a save made of the plans for an event: by rule, playbook and target, and within by path. Pure. */
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

/** Every line of the plans, by what it is about. */
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
