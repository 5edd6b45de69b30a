import { addressOf } from './address.ts'
import type { Condition, Field, Location, Scalar } from './matcher.ts'

/** So many steps are looked for as one key with dots in it. */
const longest = 32

/** A path and its alternatives as one test. */
export function fieldOf(steps: readonly string[], conditions: readonly Condition[], at: Location): Field {
  const path = steps.join('.')
  const numbers = conditions.some(({ compares }) => compares === 'numbers')
  // What the engine does: a field that compares numbers compares no addresses.
  const addresses = !numbers && conditions.some(({ compares }) => compares === 'addresses')
  const texts = textsOf(conditions)
  const accepts = (value: Scalar): boolean => {
    if (texts) return texts.has(value as string)
    const address = addresses && typeof value === 'string' ? addressOf(value) : undefined
    return conditions.some((condition) => condition.accepts(value, address))
  }
  const absent = conditions.some(({ operator, operand }) => operator === 'exists' && operand === false)
  return { path, keys: keysOf(path), conditions, texts, absent, accepts, at }
}

/** The keys that may come next at each step of a path. A key with dots in it is as good as several, as in EventBridge. */
export function keysOf(path: string): Field['keys'] {
  const steps = path.split('.')
  return steps.map((_, from) =>
    steps.slice(from, from + longest).map((_, more) => {
      const next = from + more + 1
      return [steps.slice(from, next).join('.'), next] as const
    }),
  )
}

function textsOf(conditions: readonly Condition[]): Set<string> | undefined {
  const plain = conditions.every(
    ({ operator, operand, compares }) =>
      operator === 'exact' && typeof operand === 'string' && compares === undefined,
  )
  return plain ? new Set(conditions.map(({ operand }) => operand as string)) : undefined
}
