import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxRecordBytes } from '../../../cli/replay/read/raw.ts'
import { recordsIn } from '../../../cli/replay/read/records.ts'

/** The records in a text, read in chunks of `size` bytes. */
async function read(text: string | Buffer, size = 1 << 20) {
  const bytes = Buffer.from(text)
  async function* parts() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const found = []
  for await (const raws of recordsIn(parts())) found.push(...raws)
  return found
}
const shown = async (text: string) =>
  (await read(text)).map((raw) => ('text' in raw ? raw.text.replace(/\s/g, '') : raw.problem))

describe('records are found in', () => {
  it.each<[what: string, text: string, found: string[]]>([
    ['one value over several lines', '{\n "a": {"b": "}"}\n}\n', ['{"a":{"b":"}"}}']],
    ['a line each, empty ones between', '{"a":1}\n\n\r\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
    ['values without anything between', '{"a":1}{"b":2}', ['{"a":1}', '{"b":2}']],
    ['a list', '[{"a":"]"},\n{"b":[[]]}]', ['{"a":"]"}', '{"b":[[]]}']],
    [
      "CloudTrail's list, whatever stands round it",
      '{"x":[{"n":1}],"Records" : [{"a":1},{"Records":[2]}],"y":{"z":[1]}}',
      ['{"a":1}', '{"Records":[2]}'],
    ],
    ['one list behind the other', '{"Records":[{"a":1}]}\n{"Records":[{"b":2}]}', ['{"a":1}', '{"b":2}']],
    ['texts that hold what brackets are', '{"a":"\\"{\\\\"}\n{"b":2}', ['{"a":"\\"{\\\\"}', '{"b":2}']],
    ['nothing', ' \n', []],
  ])('%s', async (_, text, found) => expect(await shown(text)).toEqual(found))

  it('bytes that begin with a mark of their order', async () =>
    expect(await shown('\ufeff{"a":1}')).toEqual(['{"a":1}']))

  it('any chunks, at the same places', async () => {
    const texts = [
      '{"Records":[{"a":"\\"é"},{"b":[{}]}],"c":1}',
      '{"a":1}\n\n{"b":\n',
      '[{"a":1,{"b":2}',
      '\ufeff{ }',
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), fc.integer({ min: 1, max: 20 }), async (text, size) => {
        expect(await read(text, size)).toEqual(await read(text))
      }),
    )
  })
})

describe('a broken record is reported, and reading continues', () => {
  it('in its line, when each line is a record', async () =>
    expect(await read('{"a":1}\n{"b":\n{"c":3}')).toEqual([
      { line: 1, offset: 0, text: '{"a":1}' },
      { line: 2, offset: 8, text: '{"b":' },
      { line: 3, offset: 14, text: '{"c":3}' },
    ]))

  it.each<[what: string, text: string, found: string[]]>([
    [
      'in a list',
      '[{"a":1,{"b":2},{"c":{"d":1},{"e":5}]',
      ['breaks off', '{"b":2}', 'breaks off', '{"e":5}'],
    ],
    ['in its first line', '{"a":"x\n{"b":2}\n', ['breaks off within a string', '{"b":2}']],
    ['where it is not JSON', 'hello\n{"b":2}\n', ['is not a JSON object', '{"b":2}']],
    ['at its end', '{"Records":[{"a":1},{"b":', ['{"a":1}', 'is not complete']],
    ['between two records at its end', '{"Records":[{"a":1}', ['{"a":1}', 'the list is not complete']],
  ])('%s', async (_, text, found) => expect(await shown(text)).toEqual(found))

  it('when it is longer than any event, without keeping it', async () => {
    const long = `{"a":"${'x'.repeat(maxRecordBytes)}"}`
    const problem = expect.objectContaining({ problem: expect.stringContaining('is longer than') })
    const after = expect.objectContaining({ text: '{"b":2}' })
    expect(await read(`[${long},{"b":2}]`, 65_536)).toEqual([problem, after])
    expect(await read(`{"b":2}\n${long}\n{"b":2}`, 65_536)).toEqual([after, problem, after])
  })
})
