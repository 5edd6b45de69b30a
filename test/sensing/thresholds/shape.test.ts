import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { milliseconds } from '../../../engine/rule.ts'
import { detailTypes } from '../../../rules/events/signal.ts'
import { rules } from '../../../rules/index.ts'
import { budgets } from '../../../rules/models/budgets.ts'
import { thresholds } from '../../../rules/thresholds.ts'

const folder = fileURLToPath(new URL('../../../rules/', import.meta.url))
const read = (file: string) => readFileSync(folder + file, 'utf8')
const files = readdirSync(folder).filter((file) => / = window\(\{$/m.test(read(file)))
const all = thresholds.map((it) => [it.name, it] as const)

test('every file of a window is in the index, in the order of the names', () => {
  const single = thresholds.filter(({ budget }) => budget === undefined).map(({ name }) => `${name}.ts`)
  expect(single).toEqual(files.sort())
})

test.each(files)('%s is short, and exports what it is called', (file) => {
  const code = read(file)
    .split('\n')
    .filter((line) => line.trim() && !/^(import |\s*\/\/|\/\*\*|\s*\*)/.test(line))
  expect(code.length).toBeLessThanOrEqual(17)
  const exported = file.replace('.ts', '').replace(/-(.)/g, (_, letter) => letter.toUpperCase())
  expect(read(file)).toContain(`export const ${exported} = window({`)
})

test.each(all)('%s says what it counts, and its limits ascend', (_, { because, within, limits }) => {
  expect(because).toMatch(/^[A-Z][^\n]{10,110}[^.]\.$/)
  expect(milliseconds(within)).toBeGreaterThan(0)
  expect([...limits].sort((a, b) => a - b)).toEqual(limits)
  expect(limits[0]).toBeGreaterThan(0)
})

// A counter nobody hears is a cost, and a rule that waits for what nobody says is a hole.
test('every limit has a rule that answers it, and every rule on limits has its window', () => {
  type When = {
    'detail-type': string[]
    detail: { threshold?: string[]; limit?: number[]; scope?: string[] }
  }
  const patterns = rules.map(({ when }) => when as When)
  const on = (type: string) => patterns.filter((when) => when['detail-type'].includes(type))
  const crossed = on(detailTypes.ThresholdCrossed).flatMap(({ detail: { threshold = [], limit } }) =>
    threshold.flatMap((name) => {
      const limits = thresholds.find((one) => one.name === name)?.limits ?? ['no window']
      return (limit ?? limits).map((one) => `${name} ${limits.some((of) => of === one) ? one : 'no limit'}`)
    }),
  )
  const counted = thresholds.filter(({ budget }) => budget === undefined)
  expect(crossed.sort()).toEqual(
    counted.flatMap(({ name, limits }) => limits.map((one) => `${name} ${one}`)).sort(),
  )
  const scopes = on(detailTypes.BudgetBreach).flatMap(({ detail: { scope = [] } }) => scope)
  expect([...new Set(scopes)].sort()).toEqual(budgets.map(({ scope }) => scope).sort())
})
