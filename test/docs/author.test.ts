import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Copy, copyOf } from '../cli/authoring/copy.ts'
import { blocksOf, pages } from './pages.ts'

let copy: Copy
beforeAll(() => {
  copy = copyOf()
})
afterAll(() => copy?.remove())

const page = pages.find(({ path }) => path === 'docs/author.md')
const steps = page ? blocksOf(page) : []

test('the tutorial has its steps', () => expect(steps.length).toBeGreaterThan(10))

// One after the other, as its reader does them: each rests on those before it.
test.each(steps.map((step, at) => [at + 1, step] as const))(
  'step %i of the tutorial',
  { timeout: 120_000 },
  async (_, { language, says, code }) => {
    const file = /^file: (.+)$/.exec(says)?.[1]
    const exit = Number(/^exit (\d+)$/.exec(says)?.[1] ?? 0)
    if (says.startsWith('not run: ')) return void expect(says.length).toBeGreaterThan('not run: '.length)
    if (file) return writeFileSync(join(copy.folder, file), code)
    expect(language).toBe('sh')
    const ran = await copy.sh(code)
    expect(ran.code, `${code}\n${ran.out}\n${ran.err}`).toBe(exit)
  },
)

test('what it leads to compiles', { timeout: 180_000 }, async () => {
  const { code, out } = await copy.tool('tsc', '--noEmit')
  expect(code, out).toBe(0)
})
