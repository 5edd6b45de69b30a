import { expect, test } from 'vitest'
import { measureMatch } from '../../bench/match.ts'

test('an index is several times as fast as a loop, and finds the same records', () => {
  const { ratio, matched, records } = measureMatch(300)
  expect(ratio).toBeGreaterThan(2)
  expect([matched, records]).toEqual([1, 100])
})
