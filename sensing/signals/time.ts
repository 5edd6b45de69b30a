import { unreadable } from './unreadable.ts'

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const written = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/

/**
 * Returns ISO 8601 in UTC. Accepts ISO 8601; the same with a blank, nanoseconds and no zone (exports of the invocation
 * log, in UTC); or milliseconds since 1970. Undefined for an absent value; throws `BadEvent` for anything else.
 */
export function timeOf(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) return undefined
  // The most common form needs no conversion.
  if (typeof value === 'string' && iso.test(value) && !Number.isNaN(Date.parse(value))) return value
  const found = typeof value === 'number' ? new Date(value) : parsed(value)
  if (found === undefined || Number.isNaN(found.getTime()))
    throw unreadable(path, 'is not a valid time', value)
  return found.toISOString()
}

function parsed(value: unknown): Date | undefined {
  const parts = typeof value === 'string' ? written.exec(value) : undefined
  if (!parts) return undefined
  const [, day, clock, fraction = '', zone = 'Z'] = parts
  return new Date(`${day}T${clock}${fraction.slice(0, 4)}${zone}`)
}
