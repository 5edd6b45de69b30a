import { addressOf } from './address.ts'
import type { Branch, Condition, Field, Scalar } from './matcher.ts'
import type { Fault } from './pattern-error.ts'

/** Alternatives that say nothing beside each other, or keep each other from matching. Pure. */
export function moot(branches: readonly Branch[]): Fault[] {
  const fields = new Set(branches.flatMap(({ fields }) => fields))
  return [...fields].flatMap((field) => [...idle(field), ...inTheWay(field), ...complex(field)])
}

const isWide = ({ operator, operand }: Condition): boolean =>
  operator === 'anything-but' || (operator === 'exists' && operand === true)

function idle({ conditions }: Field): Fault[] {
  const [wide, ...more] = conditions.filter(isWide)
  if (!wide) return []
  const name = wide.operator === 'exists' ? 'exists' : 'anything-but'
  return [
    ...more.map(({ at }) => fault('W2106', at, `beside ${name} this excludes nothing any more`)),
    ...conditions
      .filter(({ operator, operand }) => operator === 'exact' && accepts(wide, operand as Scalar))
      .map(({ at, operand }) => fault('W2106', at, `${name} has ${JSON.stringify(operand)} already`)),
  ]
}

const accepts = (condition: Condition, value: Scalar): boolean =>
  condition.accepts(value, condition.compares === 'addresses' ? addressOf(String(value)) : undefined)

const onText = new Set(['prefix', 'suffix', 'wildcard', 'equals-ignore-case', 'exactly', 'anything-but'])

function inTheWay({ conditions }: Field): Fault[] {
  const address = conditions.find(({ compares }) => compares === 'addresses')
  if (!address) return []
  const numbers = conditions.some(({ compares }) => compares === 'numbers')
  if (numbers) return [fault('W2108', address.at, 'beside numbers no address matches')]
  return conditions
    .filter(({ operator }) => onText.has(operator))
    .map(({ at, operator }) =>
      fault(
        'W2108',
        at,
        `beside an address ${operator} ${operator === 'anything-but' ? 'excludes' : 'finds'} no address`,
      ),
    )
}

/** Eight wildcards in one field have been refused, six have not. */
const many = 8

function complex({ conditions, at }: Field): Fault[] {
  const wildcards = conditions.flatMap(({ operator, operand }) => wildcardsIn(operator, operand))
  const stars = wildcards.join('').replace(/\\./g, '').split('*').length - 1
  return stars >= many ? [fault('W2107', at, `${stars} wildcards in one field`)] : []
}

function wildcardsIn(operator: string, operand: unknown): unknown[] {
  if (operator === 'wildcard') return [operand]
  const but = operator === 'anything-but' && (operand as { wildcard?: unknown }).wildcard
  return but ? [but].flat() : []
}

const fault = (code: Fault['code'], at: Fault['at'], problem: string): Fault => ({ code, at, problem })
