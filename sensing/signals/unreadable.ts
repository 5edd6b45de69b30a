import { BadEvent } from '../../engine/errors.ts'

/**
 * The error for an unreadable record. It names only the kind of the value and has no cause: either would repeat the
 * record, and the record may be a prompt.
 */
export const unreadable = (path: string, problem: string, found?: unknown): BadEvent =>
  new BadEvent({ path, problem, found: kindOf(found) })

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'string') return `a text of ${value.length} characters`
  if (typeof value === 'object') return `an object of ${Object.keys(value).length} fields`
  return `a ${typeof value}`
}
