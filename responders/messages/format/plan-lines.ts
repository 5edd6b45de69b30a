import type { Change, Json } from '../../../engine/state.ts'
import { defang } from '../../../lib/text/defang.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import type { PlanLine } from '../view/incident-view.ts'
import { formatValue } from './format-value.ts'

/** A change as people read it: `+` is added, `-` removed, `~` changed, `!` cannot be undone. */
export function planLine({ path, before, after }: Change, undo = true): PlanLine {
  const sign = !undo ? '!' : isNothing(before) ? '+' : isNothing(after) ? '-' : '~'
  const values = { '+': formatValue(after), '-': formatValue(before) }[sign as string]
  return { sign, text: `${labelOf(path)}   ${values ?? `${formatValue(before)} → ${formatValue(after)}`}` }
}

/** A change in one line, the same in the terminal, in mail, in Slack and in the audit. */
export function changeLine(change: Change, undo = true): string {
  const { sign, text } = planLine(change, undo)
  return `${sign} ${text}`
}

/** The lines of a plan, at most `max`; the rest is counted. */
export function planLines(changes: Change[], undo = true, max = 12): string[] {
  const lines = changes.slice(0, max).map((change) => changeLine(change, undo))
  return changes.length > max ? [...lines, `… and ${changes.length - max} more`] : lines
}

/** The changes that a release makes: those of the containment, reversed. */
export const reversed = (changes: Change[]): Change[] =>
  changes.map(({ path, before, after }) => ({ path, before: after, after: before }))

/** A target's name: its identifiers without account and Region. */
export const targetNameOf = ({
  account: _account,
  region: _region,
  ...named
}: Record<string, string | undefined>): string => sanitize(Object.values(named).join(' '), 120)

/** What a change is about: its JSON pointer as readable text. */
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
