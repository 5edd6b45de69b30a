import { expect, test } from 'vitest'
import { checkExceptions, checkStage } from '../../../cli/authoring/check-files.ts'
import { isName } from '../../../cli/authoring/names.ts'
import { withEntry, withKey, withoutKeys } from '../../../cli/authoring/new/insert.ts'
import { placeInWhen } from '../../../cli/authoring/place.ts'
import { unproved } from '../../../cli/authoring/unproved.ts'

const now = new Date('2026-11-21T12:00:00Z')
const exception = { match: 'role/x', owner: 'sec', reason: 'the way in', expires: '2026-11-20' }
const findingsIn = (list: object) => checkExceptions('e.json', JSON.stringify(list, null, 2), now)

test('an exception applies through its last day and is a warning after it', () => {
  expect(findingsIn({ exceptions: [{ ...exception, expires: '2026-11-21' }] })).toEqual([])
  expect(findingsIn({ exceptions: [exception] })).toMatchObject([
    { code: 'W3101', level: 'warning', where: 'e.json:4:16', problem: expect.stringContaining('2026-11-20') },
  ])
})

test('a missing field of exceptions or of a stage is found with its position', () => {
  const { owner: _, ...unowned } = exception
  expect(findingsIn({ exceptions: [unowned] })).toMatchObject([
    { code: 'E3006', level: 'error', where: 'e.json:3:5', problem: expect.stringContaining('owner') },
  ])
  expect(checkExceptions('e.json', '{"exceptions": [}', now)).toMatchObject([{ where: 'e.json:1:17' }])
  const text = '{\n  "approvers": ["sec-oncall"],\n  "sns": { "from": "loud" }\n}'
  expect(checkStage('s.json', text).map(({ where }) => where)).toEqual(['s.json:3:12'])
  expect(checkStage('s.json', text.replace('loud', 'low'))).toMatchObject([
    { where: 's.json:2:17', problem: expect.stringContaining('"sec-oncall" is not a group') },
  ])
})

test('the position of a pattern value is found in the source, also in the arguments of a helper', () => {
  const source = [
    "import { call } from './when.ts'",
    'export const x = rule({',
    "  name: 'InvokeModl',",
    "  when: call('bedrock', [",
    "    'Converse', 'InvokeModl',",
    '  ]),',
    "  subject: () => 'InvokeModl',",
  ].join('\n')
  const when = { detail: { eventName: ['Converse', 'InvokeModl'], errorCode: [{ exists: false }] } }
  expect(placeInWhen(source, when, 'detail.eventName[1]')).toEqual({ line: 5, column: 17 })
  expect(placeInWhen(source, when, 'detail.errorCode')).toEqual({ line: 4, column: 3 })
})

test('a condition that no event needs is found', () => {
  const when = { source: ['s'], detail: { a: [1], b: [{ exists: false }], $or: [{ c: [1] }, { d: [1] }] } }
  const sample = (file: string, detail: object) => ({
    file,
    path: file,
    fires: file.startsWith('fires'),
    event: {
      id: '',
      source: 's',
      'detail-type': '',
      account: '',
      region: '',
      time: '',
      resources: [],
      detail: { ...detail },
    },
  })
  const all = [
    sample('fires', { a: 1, c: 1 }),
    sample('fires-d', { a: 1, d: 1 }),
    sample('not-a', { a: 2, c: 1 }),
    sample('not-b', { a: 1, b: 1, c: 1 }),
    sample('not', { a: 1 }),
  ]
  expect(unproved(when, all)).toEqual([])
  expect(unproved(when, all.slice(0, 3))).toEqual(['detail.b', 'detail.$or.0.c', 'detail.$or.1.d'])
})

test('an entry is inserted in the order of the names', () => {
  const index =
    "import { b } from './b.ts'\nimport { d } from './d.ts'\n\nexport const all = [\n  b,\n  d,\n]\n"
  for (const [name, expected] of [
    ['a', 'a,b,d'],
    ['c', 'b,c,d'],
    ['e', 'b,d,e'],
  ] as const) {
    const text = withEntry(index, name, `import { ${name} } from './${name}.ts'`)
    expect(
      text
        .slice(text.indexOf('= [') + 3, -2)
        .replace(/\s/g, '')
        .replace(/,$/, ''),
    ).toBe(expected)
    expect(text).toContain(`from './${name}.ts'`)
  }
  const table = "const t = {\n  'b/x': {\n    f: [],\n  },\n  'd/x': { f: [] },\n}\n"
  const more = withKey(table, /^const t/, 'c', "  'c/x': { f: [] },")
  expect(more.match(/'(\w)\/x'/g)).toEqual(["'b/x'", "'c/x'", "'d/x'"])
  expect(withoutKeys(more, 'c')).toBe(table)
  expect(withoutKeys(table, 'b')).toBe("const t = {\n  'd/x': { f: [] },\n}\n")
  expect(() => withEntry('nothing', 'a', '')).toThrow(/contains no list/)
})

test('a valid name is short kebab-case', () => {
  expect(['a', 'api-flood', 'x2-y3'].filter(isName)).toEqual(['a', 'api-flood', 'x2-y3'])
  expect(['', 'A', '-a', 'a-', 'a--b', '1a', 'a/b', '../a', 'a_b', 'a'.repeat(41)].filter(isName)).toEqual([])
})
