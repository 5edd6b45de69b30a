import { sanitize } from '../lib/text/sanitize.ts'
import type { Condition, Field } from './matcher.ts'
import type { FoundValue } from './values.ts'

/** How much of what is wanted and found is shown. */
const most = { wanted: 5, found: 3, text: 80 }

/** What a field accepts, as short words: `InvokeModel*, Converse*`, `false or no value`. Inert. */
export const wantedBy = ({ conditions }: Pick<Field, 'conditions'>): string =>
  listed(conditions.map(wordsOf), most.wanted, 0, conditions.every(isPlain) ? ', ' : ' or ')

/** The end of a sentence that began with what was found: `is not one of InvokeModel*, Converse*`. */
export const isNot = ({ conditions }: Pick<Field, 'conditions'>, wanted: string): string =>
  conditions.every(isPlain)
    ? `is not ${conditions.length > 1 ? 'one of ' : ''}${wanted}`
    : `will not do; wanted ${wanted}`

const isPlain = ({ operator }: Condition): boolean => operator !== 'anything-but' && operator !== 'exists'

/** What was found at a path, as JSON: `"ListFoundationModels"`; `nothing` where nothing is. Inert. */
export const foundAs = (found: readonly Pick<FoundValue, 'value'>[]): string =>
  found.length === 0
    ? 'nothing'
    : listed(
        [...new Set(found.slice(0, 100).map(({ value }) => json(value)))],
        most.found,
        found.length > 100 ? found.length - 100 : 0,
      )

function listed(words: readonly string[], most: number, unseen = 0, comma = ', '): string {
  const left = words.length - most + unseen
  return `${words.slice(0, most).join(comma)}${left > 0 ? ` and ${left} more` : ''}`
}

const json = (value: unknown): string =>
  typeof value === 'string' ? `"${sanitize(value, most.text)}"` : sanitize(String(value), most.text)

function wordsOf({ operator, operand }: Condition): string {
  switch (operator) {
    case 'exact':
    case 'exactly':
      // Quoted where it would be taken for something else.
      return typeof operand === 'string' && /^[\w.:/-]*[a-z][\w.:/ -]*$/i.test(operand)
        ? sanitize(operand, most.text)
        : json(operand)
    case 'prefix':
    case 'suffix':
    case 'wildcard':
    case 'equals-ignore-case':
      return textWords(operator, operand)
    case 'anything-but':
      return `anything but ${butWords(operand)}`
    case 'numeric':
      return pairs(operand as unknown[])
    case 'cidr':
      return `an address in ${sanitize(String(operand), most.text)}`
    default:
      return operand === true ? 'any value' : 'no value'
  }
}

function textWords(operator: string, operand: unknown): string {
  if (typeof operand === 'object' && operand !== null)
    return `${textWords(operator, Object.values(operand)[0])} in any case`
  const text = sanitize(String(operand), most.text)
  return operator === 'prefix'
    ? `${text}*`
    : operator === 'suffix'
      ? `*${text}`
      : operator === 'wildcard'
        ? text
        : `${text} in any case`
}

function butWords(operand: unknown): string {
  const [name, inner] =
    typeof operand === 'object' && operand !== null && !Array.isArray(operand)
      ? (Object.entries(operand)[0] ?? ['', ''])
      : ['', operand]
  const values: unknown[] = Array.isArray(inner) ? inner : [inner]
  return listed(
    values.map((value) => (name === '' ? sanitize(String(value), most.text) : textWords(name, value))),
    most.wanted,
  )
}

function pairs([than, bound, below, top]: unknown[]): string {
  return below === undefined ? `${than} ${bound}` : `${than} ${bound} and ${below} ${top}`
}
