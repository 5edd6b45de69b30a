/** A place where a value is not what Slack accepts, with Slack's message. */
export interface Flaw {
  /** JSON pointer. */
  at: string
  says: string
}

export type Shape = (value: unknown, at: string) => Flaw[]

/** A string within these lengths, in characters. */
export const string =
  (most: number, least = 1): Shape =>
  (value, at) => {
    if (typeof value !== 'string') return [{ at, says: 'must be a string' }]
    if (value.length < least) return [{ at, says: `must be more than ${least - 1} characters` }]
    return value.length > most ? [{ at, says: `must be less than ${most + 1} characters` }] : []
  }

export const boolean: Shape = (value, at) =>
  typeof value === 'boolean' ? [] : [{ at, says: 'must be a boolean' }]

/** An array of at most so many items, whose fields `by`, where present, are unique. */
export const arrayOf =
  (most: number, item: Shape, by?: string): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return [{ at, says: 'must be an array' }]
    if (value.length > most) return [{ at, says: `no more than ${most} items allowed` }]
    const flaws = value.flatMap((each, index) => item(each, `${at}/${index}`))
    return by ? [...flaws, ...repeated(value, at, by)] : flaws
  }

/** An object that has every required field, and no others than the optional ones. */
export const object =
  (needed: Record<string, Shape>, others: Record<string, Shape> = {}): Shape =>
  (value, at) => {
    if (!isObject(value)) return [{ at, says: 'must be an object' }]
    const shapes = new Map(Object.entries({ ...others, ...needed }))
    const given = Object.entries(value).filter(([, field]) => field !== undefined)
    const missing = Object.keys(needed).filter((key) => value[key] === undefined)
    return [
      ...missing.map((key) => ({ at, says: `missing required field: ${key}` })),
      ...given.flatMap(
        ([key, field]) =>
          shapes.get(key)?.(field, `${at}/${key}`) ?? [{ at, says: `invalid additional property: ${key}` }],
      ),
    ]
  }

/** An object whose `type` selects its shape. */
export const typed =
  (shapes: Record<string, Shape>): Shape =>
  (value, at) => {
    if (!isObject(value)) return [{ at, says: 'must be an object' }]
    const { type, ...rest } = value
    const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined
    return shape ? shape(rest, at) : [{ at: `${at}/type`, says: `unsupported type: ${String(type)}` }]
  }

/** A value that satisfies both shapes. */
export const also =
  (shape: Shape, rule: Shape): Shape =>
  (value, at) => {
    const flaws = shape(value, at)
    return flaws.length > 0 ? flaws : rule(value, at)
  }

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function repeated(items: unknown[], at: string, by: string): Flaw[] {
  const seen = new Set<unknown>()
  return items.flatMap((item, index) => {
    const value = isObject(item) ? item[by] : undefined
    if (value === undefined) return []
    const known = seen.has(value)
    seen.add(value)
    return known ? [{ at: `${at}/${index}/${by}`, says: `${by} is there already` }] : []
  })
}
