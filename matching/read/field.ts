import type { Condition, FieldTest, JsonScalar, PatternLocation } from '../matcher.ts'
import { addressOf } from '../operators/address.ts'

/** Bounds the steps of a path that are tried as one key with dots. */
const maxJoinedSteps = 32

/** The test of a path and its alternatives. */
export function fieldOf(
  steps: readonly string[],
  conditions: readonly Condition[],
  at: PatternLocation,
): FieldTest {
  const path = steps.join('.')
  const numbers = conditions.some(({ compares }) => compares === 'numbers')
  // As in the engine: a field that compares numbers does not compare addresses.
  const addresses = !numbers && conditions.some(({ compares }) => compares === 'addresses')
  const texts = textsOf(conditions)
  const accepts = (value: JsonScalar): boolean => {
    if (texts) return texts.has(value as string)
    const address = addresses && typeof value === 'string' ? addressOf(value) : undefined
    return conditions.some((condition) => condition.accepts(value, address))
  }
  const absent = conditions.some(({ operator, operand }) => operator === 'exists' && operand === false)
  return { path, keys: keysOf(path), conditions, texts, absent, accepts, at }
}

/** The keys that may follow at each step of a path. As in EventBridge, a key with dots is equivalent to several keys. */
export function keysOf(path: string): FieldTest['keys'] {
  const steps = path.split('.')
  return steps.map((_, from) =>
    steps.slice(from, from + maxJoinedSteps).map((_, more) => {
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
