import { compile } from '../../matching/compile.ts'
import { matches } from '../../matching/matches.ts'
import type { RecordedEvent } from './recorded-events.ts'

type Tree = { [key: string]: Tree | Tree[] | unknown[] }
type Path = (string | number)[]

/**
 * The conditions in a pattern's detail that no event needs: without such a condition, every event would match or fail as
 * before. Pure.
 */
export function unproved(when: object, samples: RecordedEvent[]): string[] {
  const whole = compile(when)
  return conditionsOf((when as Tree).detail as Tree, ['detail'])
    .filter((path) => {
      const less = compile(without(when as Tree, path))
      return samples.every(({ event }) => matches(whole, event) === matches(less, event))
    })
    .map((path) => path.join('.'))
}

/** The paths of all conditions, those under `$or` one by one. */
function conditionsOf(tree: unknown, at: Path): Path[] {
  if (Array.isArray(tree))
    return at.at(-1) === '$or' ? tree.flatMap((one, index) => conditionsOf(one, [...at, index])) : [at]
  return Object.entries(tree ?? {}).flatMap(([key, inner]) => conditionsOf(inner, [...at, key]))
}

/** The pattern without one condition and without the objects that this empties: EventBridge rejects empty patterns. */
function without(tree: Tree, [key, ...rest]: Path): Tree {
  const name = String(key)
  const { [name]: inner, ...others } = tree
  if (Array.isArray(inner) && rest.length > 0) {
    const [index, ...deeper] = rest
    const branches = inner.map((one, at) => (at === index ? without(one as Tree, deeper) : (one as Tree)))
    // An alternative without conditions always matches, so the whole `$or` goes.
    return branches.every((one) => Object.keys(one).length > 0) ? { ...tree, [name]: branches } : others
  }
  if (rest.length === 0) return others
  const less = without(inner as Tree, rest)
  return Object.keys(less).length > 0 ? { ...others, [name]: less } : others
}
