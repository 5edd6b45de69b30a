import type { Fields } from '../../../sensing/signals/fields.ts'

/** A copy with the first letter of every key changed; keys that are not alphanumeric names stay. Never throws. */
export function renamed(value: Fields, first: (letter: string) => string): Fields {
  return deep(value, 0) as Fields

  function deep(value: unknown, depth: number): unknown {
    // No finding is deeper, and input of nothing but brackets must not overflow the stack.
    if (typeof value !== 'object' || value === null || depth > maxDepth) return value
    if (Array.isArray(value)) return value.map((one) => deep(one, depth + 1))
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        /^[A-Za-z][A-Za-z\d]*$/.test(key) ? first(key.charAt(0)) + key.slice(1) : key,
        deep(inner, depth + 1),
      ]),
    )
  }
}

const maxDepth = 100
