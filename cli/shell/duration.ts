import type { Duration } from '../../engine/rule.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { Problem } from './errors.ts'

/** Parses `30m`, `4h`, `1d`. Throws `usage` for anything else. */
export function durationOf(text: string): Duration {
  if (/^[1-9]\d{0,4}[smhd]$/.test(text)) return text as Duration
  throw new Problem('usage', `"${sanitize(text, 40)}" is not a valid duration`, {
    where: '--for',
    fix: 'a number and s, m, h or d: --for 4h',
  })
}
