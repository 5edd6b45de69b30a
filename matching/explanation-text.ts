import { sanitize } from '../lib/text/sanitize.ts'
import type { Condition, FieldTest } from './matcher.ts'
import type { ValueAtPath } from './values/values.ts'

/** Bounds what is shown: alternatives, values, and characters of each. */
const max = { wanted: 5, found: 3, text: 80 }

/** What a field accepts, in short: `InvokeModel*, Converse*`, `false or no value`. Sanitized. */
export const expectedText = ({ conditions }: Pick<FieldTest, 'conditions'>): string =>
  listed(conditions.map(wordsOf), max.wanted, 0, conditions.every(isPlain) ? ', ' : ' or ')

/** Completes a sentence that begins with the value: `is not one of InvokeModel*, Converse*`. */
export const mismatchText = ({ conditions }: Pick<FieldTest, 'conditions'>, wanted: string): string =>
  conditions.every(isPlain)
    ? `is not ${conditions.length > 1 ? 'one of ' : ''}${wanted}`
    : `does not match; expected ${wanted}`

const isPlain = ({ operator }: Condition): boolean => operator !== 'anything-but' && operator !== 'exists'

/** The values at a path, as JSON: `"ListFoundationModels"`; `nothing` if there are none. Sanitized. */
export const foundText = (found: readonly Pick<ValueAtPath, 'value'>[]): string =>
  found.length === 0
    ? 'nothing'
    : listed(
        [...new Set(found.slice(0, 100).map(({ value }) => json(value)))],
        max.found,
        found.length > 100 ? found.length - 100 : 0,
      )

function listed(words: readonly string[], most: number, unseen = 0, comma = ', '): string {
  const left = words.length - most + unseen
  return `${words.slice(0, most).join(comma)}${left > 0 ? ` and ${left} more` : ''}`
}

const json = (value: unknown): string =>
  typeof value === 'string' ? `"${sanitize(value, max.text)}"` : sanitize(String(value), max.text)

function wordsOf({ operator, operand }: Condition): string {
  switch (operator) {
    case 'exact':
    case 'exactly':
      // Quoted if it could be mistaken for something else.
      return typeof operand === 'string' && /^[\w.:/-]*[a-z][\w.:/ -]*$/i.test(operand)
        ? sanitize(operand, max.text)
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
      return `an address in ${sanitize(String(operand), max.text)}`
    default:
      return operand === true ? 'any value' : 'no value'
  }
}

function textWords(operator: string, operand: unknown): string {
  if (typeof operand === 'object' && operand !== null)
    return `${textWords(operator, Object.values(operand)[0])} in any case`
  const text = sanitize(String(operand), max.text)
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
    values.map((value) => (name === '' ? sanitize(String(value), max.text) : textWords(name, value))),
    max.wanted,
  )
}

function pairs([than, bound, below, top]: unknown[]): string {
  return below === undefined ? `${than} ${bound}` : `${than} ${bound} and ${below} ${top}`
}
