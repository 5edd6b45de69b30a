import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type JsonNode, readJson } from '../../matching/read/read-json.ts'

const nodeOf = (text: string): JsonNode => {
  const read = readJson(text)
  if ('problem' in read) throw new Error(read.problem)
  return read.node
}

test('it accepts what JSON.parse accepts', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 1, 2), (text, space) => {
      const spaced = JSON.stringify(JSON.parse(text), null, space)
      expect(nodeOf(spaced).value).toEqual(JSON.parse(spaced))
    }),
  )
})

test('it rejects what JSON.parse rejects', () => {
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', 'x', '0', '\\', '\n'))
    .map(([text, at, junk]) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + junk + text.slice(place + 1)
    })
  fc.assert(
    fc.property(broken, (text) => {
      let parses = true
      try {
        JSON.parse(text)
      } catch {
        parses = false
      }
      expect('node' in readJson(text)).toBe(parses)
    }),
    { numRuns: 5000 },
  )
})

test('it knows the place of each value', () => {
  const text = '{ "a": [1,\n {"b": "x"}] }'
  const list = nodeOf(text).fields?.get('a')
  expect(list).toMatchObject({ key: 2, node: { at: 7 } })
  expect(list?.node.items?.map(({ at }) => at)).toEqual([8, 12])
  expect(list?.node.items?.[1]?.fields?.get('b')).toMatchObject({ key: 13, node: { at: 18, value: 'x' } })
})
