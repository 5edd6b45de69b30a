/** What lies at a path within what came from outside; nothing where there is no such path. */
export const getPath = (value: unknown, ...path: PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (here, key) =>
      typeof here === 'object' && here !== null && Object.hasOwn(here, key)
        ? (here as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  )
