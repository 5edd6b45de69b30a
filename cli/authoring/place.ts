import { getPath } from '../../lib/get-path.ts'

/** A position in a text. Both numbers start at 1. */
export interface TextPlace {
  line: number
  column: number
}

/** The first position of a text in another; the start when there is none. */
export function textPlaceOf(text: string, what: string | RegExp): TextPlace {
  const offset = typeof what === 'string' ? text.indexOf(what) : text.search(what)
  return placeAt(text, Math.max(0, offset))
}

/**
 * The position of a part of a pattern in the source of its rule. Because helpers build most patterns, it looks within
 * `when` for the value as a literal, then for the names on the path, and returns the position of `when:` when neither is
 * found.
 */
export function placeInWhen(source: string, when: object, path: string): TextPlace {
  const begin = source.search(/^ {2}when:/m)
  const length = source.slice(begin).search(/^ {2}(subject|then|mode)[:(]/m)
  const part = source.slice(begin, length < 0 ? undefined : begin + length)
  const steps = [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) => index ?? key ?? '')
  const value = getPath(when, ...steps)
  const literals = leavesOf(value).map((leaf) => (typeof leaf === 'string' ? `'${leaf}'` : String(leaf)))
  const names = steps.filter((step) => !/^\d+$/.test(step)).reverse()
  for (const literal of [
    ...literals,
    ...names.map((name) => `${name}:`),
    ...names.map((name) => `'${name}'`),
  ]) {
    const offset = part.indexOf(literal, 'when:'.length)
    if (offset >= 0) return placeAt(source, begin + offset)
  }
  return placeAt(source, Math.max(0, begin) + 2)
}

const leavesOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value]

/** The position at an offset in characters. */
export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
