import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { portcullis, shell } from './shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'portcullis-match-'))
const fileOf = (name: string, ...lines: unknown[]) => {
  const file = join(folder, name)
  writeFileSync(file, lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'))
  return file
}
const right = { pattern: { source: ['a'] }, event: { source: 'a' }, expect: true }
const wrong = { pattern: { source: ['a'] }, event: { source: 'b' }, expect: true }
const refused = { pattern: { source: 'a' }, event: {}, expect: 'error' }

it('prints one line per case and a summary, and exits with 0 when all are as expected', async () => {
  const { code, out, err } = await portcullis([
    'match',
    '--cases',
    fileOf('right', right, '', refused),
    '--json',
  ])
  const [first, second, last] = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect([code, err]).toEqual([0, ''])
  expect(first).toMatchObject({ line: 1, expect: true, got: true, agrees: true })
  expect(second).toMatchObject({ line: 3, expect: 'error', got: 'error', agrees: true })
  expect(last.summary).toEqual({ cases: 2, agree: 2, disagree: 0, unreadable: 0 })
})

it('names the lines that are not as expected or invalid, and exits with 3', async () => {
  const { code, out } = await portcullis(['match', '--cases', fileOf('wrong', right, wrong, '\u001b[2Jx')])
  expect(code).toBe(3)
  expect(out).toBe(
    '✗ line 2: expected true, got false\n✗ line 3: not a valid case: not JSON\n2 cases: 1 as expected, 1 not; 1 invalid lines\n',
  )
})

it('reads standard input', async () => {
  const { code, out } = await shell(`$P match --cases - < ${fileOf('right', right)}`)
  expect([code, out]).toEqual([0, '1 cases: 1 as expected, 0 not; 0 invalid lines\n'])
})

it('exits with 2 without a file, with 3 when the file does not exist', async () => {
  expect((await portcullis(['match'])).code).toBe(2)
  const { code, err } = await portcullis(['match', '--cases', '/nonexistent', '--json'])
  expect(code).toBe(3)
  expect(JSON.parse(err).error).toMatchObject({ code: 'unreadable', where: '/nonexistent' })
})
