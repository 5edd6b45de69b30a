/** The value at a path within data of unknown shape; `undefined` if there is none. Reads own properties only. */
export const getPath = (value: unknown, ...path: PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (parent, key) =>
      typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key)
        ? (parent as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  )
