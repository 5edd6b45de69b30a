import type { Fields } from '../../../sensing/signals/fields.ts'

/** The same with the first letter of every key changed; keys that are no names in camel case stay. Never throws. */
export function renamed(value: Fields, first: (letter: string) => string): Fields {
  return deep(value, 0) as Fields

  function deep(value: unknown, depth: number): unknown {
    // Nobody's findings are deeper, and a text of brackets alone must not end the program.
    if (typeof value !== 'object' || value === null || depth > deepest) return value
    if (Array.isArray(value)) return value.map((one) => deep(one, depth + 1))
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        /^[A-Za-z][A-Za-z\d]*$/.test(key) ? first(key.charAt(0)) + key.slice(1) : key,
        deep(inner, depth + 1),
      ]),
    )
  }
}

const deepest = 100
