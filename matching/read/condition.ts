import { similarName } from '../../lib/text/similar.ts'
import type { Condition, PatternLocation } from '../matcher.ts'
import { addressOf, isWithin, rangeOf } from '../operators/address.ts'
import { anythingBut } from '../operators/anything-but.ts'
import { comparison } from '../operators/numeric.ts'
import { inAnyCase, type TextTest, textOperators } from '../operators/text.ts'
import type { PatternFault } from '../pattern-error.ts'
import { type ConditionTest, type PatternRefusal, refusePattern } from './refusal.ts'

/**
 * Reads one entry of a field's list; returns a fault if EventBridge rejects it.
 * Source: EventBridge User Guide, "Comparison operators"; aws/event-ruler, JsonRuleCompiler.
 */
export function readCondition(entry: unknown, at: PatternLocation): Condition | PatternFault {
  if (entry === null || typeof entry !== 'object')
    return { ...exact(entry), operator: 'exact', operand: entry, at }
  if (Array.isArray(entry))
    return { ...refusePattern('E2004', 'a list within a list', 'Take out the inner [ ].'), at }
  const names = Object.keys(entry)
  const [operator = ''] = names
  if (names.length !== 1)
    return { ...refusePattern('E2005', `${names.length || 'no'} operators in one { }`), at }
  const read = Object.hasOwn(operators, operator) ? operators[operator] : undefined
  if (!read) {
    const similar = similarName(operator, Object.keys(operators))
    return {
      ...refusePattern('E2005', `'${operator}' is not an operator`, similar && `did you mean '${similar}'?`),
      at: [...at, operator],
    }
  }
  const operand: unknown = (entry as Record<string, unknown>)[operator]
  const meaning = read(operand)
  return 'code' in meaning ? { ...meaning, at: [...at, operator] } : { ...meaning, operator, operand, at }
}

const operators: Record<string, (operand: unknown) => ConditionTest | PatternRefusal> = {
  prefix: (operand) => edge('prefix', operand),
  suffix: (operand) => edge('suffix', operand),
  wildcard: (operand) => onText('wildcard', operand, textOperators.wildcard),
  'equals-ignore-case': (operand) =>
    onText('equals-ignore-case', operand, textOperators['equals-ignore-case']),
  'anything-but': anythingBut,
  numeric: comparison,
  cidr(operand) {
    if (typeof operand !== 'string') return refusePattern('E2006', 'cidr takes a string')
    const range = rangeOf(operand)
    return range
      ? { compares: 'addresses', accepts: (_, address) => address !== undefined && isWithin(address, range) }
      : refusePattern('E2009', `'${operand}' is not a valid address range`)
  },
  exists: (operand) =>
    typeof operand === 'boolean'
      ? { accepts: () => operand }
      : refusePattern('E2006', 'exists takes true or false'),
  // Not in the User Guide, but in the engine: a text that is not compared as an address.
  exactly: (operand) => onText('exactly', operand, (text) => (value) => value === text),
}

function exact(wanted: unknown): ConditionTest {
  const own = typeof wanted === 'string' ? addressOf(wanted) : undefined
  if (own !== undefined) return { compares: 'addresses', accepts: (_, address) => address === own }
  const accepts: ConditionTest['accepts'] = (value) => value === wanted
  return typeof wanted === 'number' ? { compares: 'numbers', accepts } : { accepts }
}

function edge(part: 'prefix' | 'suffix', operand: unknown): ConditionTest | PatternRefusal {
  if (operand === null || typeof operand !== 'object') return onText(part, operand, textOperators[part])
  const [[name, text] = [], ...more] = Object.entries(operand)
  return name === 'equals-ignore-case' && typeof text === 'string' && more.length === 0
    ? onText(part, text, () => inAnyCase(text, part))
    : refusePattern('E2006', `${part} takes a string or {"equals-ignore-case": string}`)
}

// A text matches only if it is not compared as an address.
function onText(
  name: string,
  operand: unknown,
  read: (text: string) => TextTest | PatternRefusal,
): ConditionTest | PatternRefusal {
  if (typeof operand !== 'string') return refusePattern('E2006', `${name} takes a string`)
  const test = read(operand)
  return typeof test === 'function'
    ? { accepts: (value, address) => typeof value === 'string' && address === undefined && test(value) }
    : test
}
