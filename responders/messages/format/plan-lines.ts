import type { Change, Json } from '../../../engine/state.ts'
import { defang } from '../../../lib/text/defang.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import type { PlanLine } from '../view/incident-view.ts'
import { formatValue } from './format-value.ts'

/** A change as people read it: `+` appears, `-` disappears, `~` differs, `!` cannot be undone. */
export function planLine({ path, before, after }: Change, undo = true): PlanLine {
  const sign = !undo ? '!' : isNothing(before) ? '+' : isNothing(after) ? '-' : '~'
  const values = { '+': formatValue(after), '-': formatValue(before) }[sign as string]
  return { sign, text: `${labelOf(path)}   ${values ?? `${formatValue(before)} → ${formatValue(after)}`}` }
}

/** The one form of a change: in the terminal, in mail, in Slack and in the audit. */
export function changeLine(change: Change, undo = true): string {
  const { sign, text } = planLine(change, undo)
  return `${sign} ${text}`
}

/** The lines of a plan, at most `most`; the rest is counted. */
export function planLines(changes: Change[], undo = true, most = 12): string[] {
  const lines = changes.slice(0, most).map((change) => changeLine(change, undo))
  return changes.length > most ? [...lines, `… and ${changes.length - most} more`] : lines
}

/** The other way round: what a release does with what a containment did. */
export const reversed = (changes: Change[]): Change[] =>
  changes.map(({ path, before, after }) => ({ path, before: after, after: before }))

/** A target in one word: its identifiers without the place. */
export const targetNameOf = ({
  account: _account,
  region: _region,
  ...named
}: Record<string, string | undefined>): string => sanitize(Object.values(named).join(' '), 120)

/** What a change is about: the way to it, a JSON pointer, in words. */
export const labelOf = (path: string): string =>
  defang(
    path
      .slice(1)
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
      .join(' › '),
    120,
  )

const isNothing = (value: Json | undefined) => value === undefined || value === null
