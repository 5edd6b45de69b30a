import { type ConditionTest, type PatternRefusal, refusePattern } from '../read/refusal.ts'
import { isTextOperator, type TextTest, textOperators } from './text.ts'

/** `anything-but`: any value of any type except these. A missing field does not match. */
export function anythingBut(operand: unknown): ConditionTest | PatternRefusal {
  if (operand === null || typeof operand !== 'object' || Array.isArray(operand)) return butValues(operand)
  const names = Object.keys(operand)
  const [name] = names
  if (names.length !== 1 || !isTextOperator(name))
    return refusePattern('E2011', `anything-but does not take { ${names.join(', ')} }`)
  return butTexts(name, (operand as Record<string, unknown>)[name])
}

function butValues(operand: unknown): ConditionTest | PatternRefusal {
  const values: unknown[] = Array.isArray(operand) ? operand : [operand]
  if (values.length === 0) return refusePattern('E2003', 'anything-but with an empty list')
  const but = new Set(values)
  if (values.every((value) => typeof value === 'number'))
    return { compares: 'numbers', accepts: (value) => !but.has(value) }
  if (values.every((value) => typeof value === 'string'))
    return { accepts: (value, address) => address !== undefined || !but.has(value) }
  return refusePattern('E2011', 'anything-but takes strings or numbers, but not both')
}

function butTexts(name: keyof typeof textOperators, operand: unknown): ConditionTest | PatternRefusal {
  const texts: unknown[] = Array.isArray(operand) ? operand : [operand]
  if (texts.length === 0) return refusePattern('E2003', `anything-but ${name} with an empty list`)
  const tests: TextTest[] = []
  for (const text of texts) {
    if (typeof text !== 'string') return refusePattern('E2011', `anything-but ${name} takes strings`)
    if (text === '' && (name === 'prefix' || name === 'suffix'))
      return refusePattern('E2011', `every string has the ${name} ''`)
    const test = textOperators[name](text)
    if (typeof test !== 'function') return test
    tests.push(test)
  }
  return {
    accepts: (value, address) =>
      typeof value !== 'string' || address !== undefined || !tests.some((test) => test(value)),
  }
}
