/** An object with parts of it replaced, at any depth. Lists are replaced as a whole. Pure. */
export function laidOver(base: object, over: object): object {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const under = merged[key]
    merged[key] = isObject(value) && isObject(under) ? laidOver(under, value) : value
  }
  return merged
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
