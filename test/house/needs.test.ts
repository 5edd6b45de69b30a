import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { heavyPrograms, importsOf } from '../needs.ts'

test('the list of tests that start heavy programs names existing files that no import shows', () => {
  const root = join(import.meta.dirname, '../..')
  expect(heavyPrograms.filter((file) => !existsSync(join(root, file)))).toEqual([])
  expect(heavyPrograms.filter((file) => importsOf(file).has('local/emulators.ts'))).toEqual([])
})

test('a test that starts an emulator through other files is found', () => {
  expect(importsOf('test/laws/contain.test.ts')).toContain('local/emulators.ts')
  expect(importsOf('test/house/needs.test.ts')).not.toContain('local/emulators.ts')
})
