export type Fields = Record<string, unknown>

const nothing: Fields = Object.freeze({})

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value as an object to read from: an empty one if it is none. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : nothing)

/** The value as a list: an empty one if it is none. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** A field by its name in camelCase or PascalCase: exports and older clients write `StopReason`. Null is absent. */
export const get = (of: Fields, key: string): unknown => of[key] ?? of[pascal(key)] ?? undefined

/** A field of a field. */
export function at(of: unknown, ...path: string[]): unknown {
  let value = of
  for (const key of path) value = get(fieldsOf(value), key)
  return value
}

export const textAt = (of: Fields, key: string): string | undefined => {
  const value = get(of, key)
  return typeof value === 'string' ? value : undefined
}

/** A count: finite and not below nought. */
export const numberAt = (of: unknown, key: string): number | undefined => {
  const value = get(fieldsOf(of), key)
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

/** The object without what is absent: types and JSON agree on it. */
export function definedFields<T extends object>(of: { [K in keyof T]: T[K] | undefined }): T {
  const kept: Fields = {}
  for (const [key, value] of Object.entries(of)) if (value !== undefined) kept[key] = value
  return kept as T
}

const spelt = new Map<string, string>()
function pascal(key: string): string {
  let found = spelt.get(key)
  if (found === undefined) {
    found = key.charAt(0).toUpperCase() + key.slice(1)
    spelt.set(key, found)
  }
  return found
}
