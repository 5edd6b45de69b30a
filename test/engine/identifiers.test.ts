import { describe, expect, test } from 'vitest'
import { type Identifier, identifiers, placeholderOf } from '../../engine/identifiers.ts'

const account = '111122223333'

describe.each(Object.keys(identifiers) as Identifier[])('%s', (name) => {
  const { shape, example } = identifiers[name]
  const placeholder = placeholderOf(name, account)

  test('its example and its placeholder have its format', () => {
    expect(example).toMatch(shape)
    expect(placeholder).toMatch(shape)
  })

  test('its placeholder is not its example', () => expect(placeholder).not.toBe(example))

  test('its format accepts nothing before or after the value', () => {
    for (const text of [`${example}\n`, `\u0000${example}`, '']) expect(text).not.toMatch(shape)
  })
})
