import { milliseconds } from '../../engine/rule.ts'
import { keepDays } from '../../lib/dynamodb/table.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { Problem } from './errors.ts'

/** The time this long ago: `24h`, `7d`. Throws `usage` for an invalid duration, or one of more than `mostDays` days. */
export function sinceOf(text: string, mostDays = keepDays): Date {
  const back = /^[1-9]\d{0,4}[smhd]$/.test(text) ? milliseconds(text as `${number}d`) : undefined
  if (back !== undefined && back <= milliseconds(`${mostDays}d`)) return new Date(Date.now() - back)
  const problem =
    back === undefined ? 'is not a valid duration' : `is more than the ${mostDays} days that are kept`
  throw new Problem('usage', `"${sanitize(text, 40)}" ${problem}`, {
    where: '--since',
    fix: `a number and s, m, h or d, up to ${mostDays}d: --since 7d`,
  })
}
