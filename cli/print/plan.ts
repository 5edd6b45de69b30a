import type { Change } from '../../engine/state.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { planLines } from '../../responders/messages/format/plan-lines.ts'
import { wrapPrinted } from './wrap.ts'

/** What a decision would change. */
export interface PrintedPlan {
  hash: string
  changes: Change[]
  caveats: string[]
  undo: boolean
}

const most = 100
const widest = 100

/** A plan as somebody reads it who is asked to consent: every change, then what cannot be undone or must be known. */
export function planText(plan: PrintedPlan, width: number | undefined): string[] {
  const { hash, changes, caveats, undo } = plan
  const room = Math.min(width ?? widest, widest)
  const end = undo ? 'can be undone' : 'cannot be undone'
  const lines = [...planLines(changes, undo, most), ...caveats.map((caveat) => `! ${sanitize(caveat)}`)]
  return [
    `plan ${hash.slice(0, 7)}   ${counted(changes.length)}, ${end}`,
    ...lines.flatMap((line) =>
      wrapPrinted(line, room - 6).map((part, at) => (at ? `      ${part}` : `  ${part}`)),
    ),
  ]
}

/** What others changed since: it is not ours to put back. */
export const strayLines = (strays: Change[]): string[] =>
  strays.length === 0
    ? ['drift: none']
    : [
        `drift: ${counted(strays.length)} by others since`,
        ...planLines(strays, true, most).map((line) => `  ${line}`),
      ]

const counted = (count: number): string => `${count} change${count === 1 ? '' : 's'}`
