/**
 * Matching as AWS's engine describes it, without any of our shortcuts: the event is flattened, and every combination of
 * values is tried in the order of the paths. Exponential; for comparing. Source: aws/event-ruler, Event and ACFinder.
 */
export function naively(pattern: object, event: object): boolean {
  const values = flatten(event, '', new Map())
  return branches(pattern, '', [new Map()]).some((branch) => {
    const fields = [...branch].sort(([a], [b]) => (a < b ? -1 : 1))
    return from(0, new Map())

    function from(at: number, chosen: Membership): boolean {
      const [path, conditions] = fields[at] ?? []
      if (path === undefined || !conditions) return true
      const here = values.filter((one) => one.path === path && fits(one.within, chosen))
      const next = here.some(
        ({ value, within }) =>
          conditions.some((condition) => holds(condition, value)) &&
          from(at + 1, new Map([...chosen, ...within])),
      )
      const absent = conditions.some((condition) => condition?.exists === false) && here.length === 0
      return next || (absent && from(at + 1, chosen))
    }
  })
}

type Membership = Map<unknown, number>
// biome-ignore lint/suspicious/noExplicitAny: any JSON.
type Json = any

const fits = (within: Membership, chosen: Membership): boolean =>
  [...within].every(([array, index]) => (chosen.get(array) ?? index) === index)

function flatten(
  node: Json,
  path: string,
  within: Membership,
): { path: string; value: unknown; within: Membership }[] {
  if (Array.isArray(node))
    return node.flatMap((one, index) =>
      flatten(one, path, typeof one === 'object' && one ? new Map([...within, [node, index]]) : within),
    )
  if (typeof node === 'object' && node)
    return Object.entries(node).flatMap(([key, one]) => flatten(one, join(path, key), within))
  return [{ path: path.slice(1), value: node, within }]
}

const join = (path: string, key: string) => `${path}.${key}`

function branches(pattern: Json, path: string, so: Map<string, Json[]>[]): Map<string, Json[]>[] {
  return Object.entries<Json>(pattern).reduce((so, [key, it]) => {
    if (key === '$or') return it.flatMap((one: Json) => branches(one, path, so))
    if (!Array.isArray(it)) return branches(it, join(path, key), so)
    return so.map((one) => new Map([...one, [join(path, key).slice(1), it]]))
  }, so)
}

/** A naive reading of each operator, for texts that are not addresses. */
function holds(condition: Json, value: Json): boolean {
  if (typeof condition !== 'object' || condition === null) return condition === value
  const [[name, operand]] = Object.entries<Json>(condition) as [[string, Json]]
  const text = typeof value === 'string'
  switch (name) {
    case 'exists':
      return operand
    case 'numeric': {
      if (typeof value !== 'number') return false
      const test: Record<string, (bound: number) => boolean> = {
        '<': (bound) => value < bound,
        '<=': (bound) => value <= bound,
        '=': (bound) => value === bound,
        '>=': (bound) => value >= bound,
        '>': (bound) => value > bound,
      }
      return [0, 2].every((at) => operand[at] === undefined || test[operand[at]]?.(operand[at + 1]))
    }
    case 'anything-but': {
      if (typeof operand !== 'object' || Array.isArray(operand)) return ![operand].flat().includes(value)
      const [[inner, these]] = Object.entries(operand) as [[string, Json]]
      return ![these].flat().some((one: Json) => holds({ [inner]: one }, value))
    }
    case 'prefix':
      return text && value.indexOf(operand) === 0
    case 'suffix':
      return text && value.slice(value.length - operand.length) === operand
    case 'equals-ignore-case':
      return text && value.toLowerCase() === operand.toLowerCase()
    case 'wildcard':
      return text && new RegExp(`^${operand.split('*').map(RegExp.escape).join('[^]*')}$`).test(value)
    default:
      throw new Error(name)
  }
}
