export type Fields = Record<string, unknown>

const empty: Fields = Object.freeze({})

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value if it is an object, else an empty one. */
export const asFields = (value: unknown): Fields => (isFields(value) ? value : empty)

/** The value if it is a list, else an empty one. */
export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** A field by its name in camelCase or PascalCase, as exports and older clients write it. Null counts as absent. */
export const get = (from: Fields, key: string): unknown => from[key] ?? from[pascal(key)] ?? undefined

/** A nested field. */
export function at(from: unknown, ...path: string[]): unknown {
  let value = from
  for (const key of path) value = get(asFields(value), key)
  return value
}

export const textAt = (from: Fields, key: string): string | undefined => {
  const value = get(from, key)
  return typeof value === 'string' ? value : undefined
}

/** A finite number of 0 or more. */
export const numberAt = (from: unknown, key: string): number | undefined => {
  const value = get(asFields(from), key)
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

/** The object without its undefined fields, so that the type and the JSON agree. */
export function definedFields<T extends object>(from: { [K in keyof T]: T[K] | undefined }): T {
  const kept: Fields = {}
  for (const [key, value] of Object.entries(from)) if (value !== undefined) kept[key] = value
  return kept as T
}

const pascalNames = new Map<string, string>()
function pascal(key: string): string {
  let found = pascalNames.get(key)
  if (found === undefined) {
    found = key.charAt(0).toUpperCase() + key.slice(1)
    pascalNames.set(key, found)
  }
  return found
}
