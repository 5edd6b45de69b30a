import type { Branch, Matcher } from './matcher.ts'
import { consistent, type FieldSearch } from './values/consistent.ts'
import { valuesAt } from './values/values.ts'

/** Whether EventBridge would match the event, which may be any JSON value. Never throws. */
export const matches = ({ branches }: Matcher, event: unknown): boolean =>
  typeof event === 'object' &&
  event !== null &&
  !Array.isArray(event) &&
  branches.some((branch) => holdsIn(branch, event))

/** Whether every field of a branch holds, within the same array elements. */
export function holdsIn({ sorted }: Branch, event: object): boolean {
  const searches: FieldSearch[] = []
  let arrays = false
  for (const field of sorted) {
    const found = valuesAt(event, field)
    const fitting = found.filter(({ value }) => field.accepts(value))
    if (fitting.length === 0 && !field.absent) return false
    const inArrays = found.some(({ within }) => within)
    if (fitting.length === 0 && found.length > 0 && !inArrays) return false
    arrays ||= inArrays
    searches.push({ absent: field.absent, found, fitting })
  }
  return !arrays || consistent(searches)
}
