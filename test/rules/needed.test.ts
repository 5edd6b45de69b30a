import { afterAll, expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { startEvaluator } from './evaluator.ts'
import { samples } from './events.ts'

const evaluator = await startEvaluator()
afterAll(() => evaluator.stop())

type Tree = { [key: string]: Tree | Tree[] }
type Path = (string | number)[]

/** Every condition of a pattern's `detail`, by its path; each alternative of `$or` separately. */
function conditions(tree: Tree | Tree[], at: Path): Path[] {
  if (Array.isArray(tree))
    return at.at(-1) === '$or' ? tree.flatMap((one, index) => conditions(one, [...at, index])) : [at]
  return Object.entries(tree).flatMap(([key, inner]) => conditions(inner, [...at, key]))
}

/** The pattern without one condition, and without what is then empty: EventBridge rejects empty patterns. */
function without(tree: Tree, [key, ...rest]: Path): Tree {
  const name = String(key)
  const { [name]: inner, ...others } = tree
  if (Array.isArray(inner) && rest.length > 0) {
    const [index, ...deeper] = rest
    const branches = inner.map((one, at) => (at === index ? without(one, deeper) : one))
    // An alternative without conditions always holds, so the choice is void.
    return branches.every((one) => Object.keys(one).length > 0) ? { ...tree, [name]: branches } : others
  }
  if (rest.length === 0) return others
  const less = without(inner as Tree, rest)
  return Object.keys(less).length > 0 ? { ...others, [name]: less } : others
}

const claims = rules.flatMap((rule) =>
  conditions((rule.when as Tree).detail as Tree, ['detail']).map(
    (path) => [rule.name, path.join('.'), rule, path] as const,
  ),
)

// A condition without such an event is either unproven or unnecessary. (`source` and `detail-type`: patterns.test.ts.)
test.each(claims)('%s needs %s', async (name, _, { when }, path) => {
  const less = without(when as Tree, path)
  const own = samples.filter(({ rule }) => rule === name)
  const changed = await Promise.all(
    own.map(
      async ({ event }) => (await evaluator.matches(when, event)) !== (await evaluator.matches(less, event)),
    ),
  )
  expect(changed).toContain(true)
})
