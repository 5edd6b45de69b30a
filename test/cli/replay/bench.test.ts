import { expect, test } from 'vitest'
import { measureReplay } from '../../../bench/replay.ts'

test('what is measured is read, and one record in a hundred is what a rule is about', async () => {
  const { records, matched, lines_per_second, list_per_second } = await measureReplay(2000)
  expect([records, matched]).toEqual([2000, 20])
  expect(Math.min(lines_per_second, list_per_second)).toBeGreaterThan(0)
})
