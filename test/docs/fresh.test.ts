import { expect, test } from 'vitest'
import { stale } from '../../docs/generate.ts'

test('what is made from code is as the code says: node docs/generate.ts', { timeout: 120_000 }, () => {
  expect(stale().map(({ path }) => path)).toEqual([])
})
