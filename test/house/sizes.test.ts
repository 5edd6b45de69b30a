import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { sources } from './sources.ts'

/** Longer than a screenful of thought, with the reason. Tables are data: a longer one is easier to find things in. */
const tables = /(^|\/)(table|known[\w-]*|codes|samples|copy|expected[\w-]*|identifiers|threats)\.ts$/

const written = sources.filter(({ room }) => room !== 'test')

test('no file but a table has more than 200 lines', () => {
  const long = written
    .filter(({ path }) => !tables.test(path))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > 200)
  expect(long).toEqual([])
})

test('the median file has fewer than 60 lines', () => {
  const lines = written.map(({ text }) => text.split('\n').length - 1).sort((a, b) => a - b)
  expect(lines[Math.floor(lines.length / 2)]).toBeLessThan(60)
})

test('no folder is a heap: more than 25 files get rooms by what they are about', () => {
  const folders = Map.groupBy(written, ({ path }) => posix.dirname(path))
  const heaps = [...folders]
    .map(([folder, of]) => `${folder}: ${of.length}`)
    .filter((one) => Number(one.split(': ')[1]) > 26)
  expect(heaps).toEqual([])
})
