import type { Change } from '../../engine/state.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { planLines } from '../../responders/messages/format/plan-lines.ts'
import { wrapPrinted } from './wrap.ts'

/** The plan of a containment, as far as it is printed. */
export interface PrintedPlan {
  hash: string
  changes: Change[]
  caveats: string[]
  undo: boolean
}

const maxChanges = 100
const maxWidth = 100

/** The lines of a plan for consent: its hash, every change, then the caveats. */
export function planText(plan: PrintedPlan, width: number | undefined): string[] {
  const { hash, changes, caveats, undo } = plan
  const room = Math.min(width ?? maxWidth, maxWidth)
  const end = undo ? 'can be undone' : 'cannot be undone'
  const lines = [...planLines(changes, undo, maxChanges), ...caveats.map((caveat) => `! ${sanitize(caveat)}`)]
  return [
    `plan ${hash.slice(0, 7)}   ${counted(changes.length)}, ${end}`,
    ...lines.flatMap((line) =>
      wrapPrinted(line, room - 6).map((part, at) => (at ? `      ${part}` : `  ${part}`)),
    ),
  ]
}

/** The lines about drift: changes by others since, which a release does not overwrite. */
export const strayLines = (strays: Change[]): string[] =>
  strays.length === 0
    ? ['drift: none']
    : [
        `drift: ${counted(strays.length)} by others since`,
        ...planLines(strays, true, maxChanges).map((line) => `  ${line}`),
      ]

const counted = (count: number): string => `${count} change${count === 1 ? '' : 's'}`
