import { consistent } from './consistent.ts'
import type { Branch, Matcher } from './matcher.ts'
import { type FoundValue, valuesAt } from './values.ts'

/** Whether EventBridge would match the event, which is whatever JSON may be. Never throws. */
export const matches = ({ branches }: Matcher, event: unknown): boolean =>
  typeof event === 'object' &&
  event !== null &&
  !Array.isArray(event) &&
  branches.some((branch) => holdsIn(branch, event))

/** What was found at the path of each field, and what of it will do. */
export interface Sought {
  absent: boolean
  found: FoundValue[]
  fitting: FoundValue[]
}

/** Whether every field of a branch holds, within the same elements of arrays. */
export function holdsIn({ sorted }: Branch, event: object): boolean {
  const sought: Sought[] = []
  let arrays = false
  for (const field of sorted) {
    const found = valuesAt(event, field)
    const fitting = found.filter(({ value }) => field.accepts(value))
    if (fitting.length === 0 && !field.absent) return false
    const inArrays = found.some(({ within }) => within)
    if (fitting.length === 0 && found.length > 0 && !inArrays) return false
    arrays ||= inArrays
    sought.push({ absent: field.absent, found, fitting })
  }
  return !arrays || consistent(sought)
}
