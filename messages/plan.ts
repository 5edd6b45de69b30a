import type { Change, Json } from '../engine/state.ts'
import { inert } from './inert.ts'

/**
 * A change as people read it: `+` appears, `-` disappears, `~` differs, `!` cannot be undone.
 * The one form of it: in the terminal, in mail, in Slack and in the audit.
 */
export function changeLine({ path, before, after }: Change, undo = true): string {
  const sign = !undo ? '!' : isNothing(before) ? '+' : isNothing(after) ? '-' : '~'
  return `${sign} ${inert(labelOf(path), 120)}   ${shown(before)} → ${shown(after)}`
}

/** The lines of a plan, at most `most`; the rest is counted. */
export function planLines(changes: Change[], undo = true, most = 12): string[] {
  const lines = changes.slice(0, most).map((change) => changeLine(change, undo))
  return changes.length > most ? [...lines, `… and ${changes.length - most} more`] : lines
}

/** A target in one word: its identifiers without the place. */
export const nameOf = ({
  account: _account,
  region: _region,
  ...named
}: Record<string, string | undefined>): string => inert(Object.values(named).join(' '), 120)

const isNothing = (value: Json | undefined) => value === undefined || value === null

const labelOf = (path: string) =>
  path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' › ')

function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'string') return inert(value, 80)
  return inert(
    Array.isArray(value) && value.every((one) => typeof one === 'string')
      ? value.join(', ')
      : JSON.stringify(value),
    80,
  )
}
