import { unreadable } from './unreadable.ts'

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const written = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/

/**
 * ISO 8601 in UTC of what records call a time: ISO, the same with a blank and nanoseconds and no zone (exports of
 * the invocation log; UTC), or milliseconds since 1970. Nothing of nothing; throws `BadEvent` for anything else.
 */
export function timeOf(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) return undefined
  // By far the commonest, and as it is already.
  if (typeof value === 'string' && iso.test(value) && !Number.isNaN(Date.parse(value))) return value
  const found = typeof value === 'number' ? new Date(value) : parsed(value)
  if (found === undefined || Number.isNaN(found.getTime())) throw unreadable(path, 'is no time', value)
  return found.toISOString()
}

function parsed(value: unknown): Date | undefined {
  const parts = typeof value === 'string' ? written.exec(value) : undefined
  if (!parts) return undefined
  const [, day, clock, fraction = '', zone = 'Z'] = parts
  return new Date(`${day}T${clock}${fraction.slice(0, 4)}${zone}`)
}
