import { BadEvent } from '../../engine/errors.ts'

/**
 * A record that cannot be read. It says of what was found only what kind of thing it is, and has no cause:
 * both would repeat the record, and the record may be a prompt.
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
