import type { Branch, Condition, FieldTest, JsonScalar } from '../matcher.ts'
import { addressOf } from '../operators/address.ts'
import type { PatternFault } from '../pattern-error.ts'

/** Pure. Alternatives without effect, alternatives that conflict, and wildcards that may be too complex. */
export function redundantConditions(branches: readonly Branch[]): PatternFault[] {
  const fields = new Set(branches.flatMap(({ fields }) => fields))
  return [...fields].flatMap((field) => [
    ...withoutEffect(field),
    ...conflicting(field),
    ...tooComplex(field),
  ])
}

const acceptsNearlyAll = ({ operator, operand }: Condition): boolean =>
  operator === 'anything-but' || (operator === 'exists' && operand === true)

function withoutEffect({ conditions }: FieldTest): PatternFault[] {
  const [wide, ...more] = conditions.filter(acceptsNearlyAll)
  if (!wide) return []
  const name = wide.operator === 'exists' ? 'exists' : 'anything-but'
  return [
    ...more.map(({ at }) => fault('W2106', at, `beside ${name} it excludes nothing`)),
    ...conditions
      .filter(({ operator, operand }) => operator === 'exact' && accepts(wide, operand as JsonScalar))
      .map(({ at, operand }) => fault('W2106', at, `${name} already includes ${JSON.stringify(operand)}`)),
  ]
}

const accepts = (condition: Condition, value: JsonScalar): boolean =>
  condition.accepts(value, condition.compares === 'addresses' ? addressOf(String(value)) : undefined)

const onText = new Set(['prefix', 'suffix', 'wildcard', 'equals-ignore-case', 'exactly', 'anything-but'])

function conflicting({ conditions }: FieldTest): PatternFault[] {
  const address = conditions.find(({ compares }) => compares === 'addresses')
  if (!address) return []
  const numbers = conditions.some(({ compares }) => compares === 'numbers')
  if (numbers) return [fault('W2108', address.at, 'beside a number, addresses do not match')]
  return conditions
    .filter(({ operator }) => onText.has(operator))
    .map(({ at, operator }) =>
      fault(
        'W2108',
        at,
        `beside an address, ${operator} does not ${operator === 'anything-but' ? 'exclude' : 'match'} addresses`,
      ),
    )
}

/** EventBridge has rejected eight wildcards in one field, but not six. */
const tooManyWildcards = 8

function tooComplex({ conditions, at }: FieldTest): PatternFault[] {
  const wildcards = conditions.flatMap(({ operator, operand }) => wildcardsIn(operator, operand))
  const stars = wildcards.join('').replace(/\\./g, '').split('*').length - 1
  return stars >= tooManyWildcards ? [fault('W2107', at, `${stars} wildcards in one field`)] : []
}

function wildcardsIn(operator: string, operand: unknown): unknown[] {
  if (operator === 'wildcard') return [operand]
  const but = operator === 'anything-but' && (operand as { wildcard?: unknown }).wildcard
  return but ? [but].flat() : []
}

const fault = (code: PatternFault['code'], at: PatternFault['at'], problem: string): PatternFault => ({
  code,
  at,
  problem,
})
