import { getPath } from '../../lib/get-path.ts'

/** A place in a text: both from 1. */
export interface TextPlace {
  line: number
  column: number
}

/** Where a text stands first in another, as editors count; the beginning when it does not. */
export function textPlaceOf(text: string, what: string | RegExp): TextPlace {
  const offset = typeof what === 'string' ? text.indexOf(what) : text.search(what)
  return placeAt(text, Math.max(0, offset))
}

/**
 * Where something of a pattern stands in the source of its rule. Helpers make most of a pattern, so what is looked for is
 * its value as a literal between `when:` and what comes after, then the names on its path, and last `when:` itself.
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

/** The place so many characters into a text. */
export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
