import { CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { programOf } from '../../cli/commands/program.ts'
import { blocksOf, pages } from './pages.ts'

/** Every `portcullis …` that a page tells people to type, in a block or in a line, up to what a shell makes of it. */
const typed = pages.flatMap((page) => {
  const blocks = blocksOf(page).flatMap(({ language, code }) => (language === 'sh' ? code.split('\n') : []))
  const spans = [...page.text.matchAll(/`(portcullis [^`]+)`/g)].map(([, line = '']) => line)
  return [...blocks, ...spans]
    .map((line) => /^(?:npx )?(portcullis [^#|&<>;]+)/.exec(line.trim())?.[1]?.trim())
    .filter((line) => line !== undefined && !/…|<\w+>|\[\w+\]/.test(line))
    .map((line) => [page.path, line as string] as const)
})

test.each(typed)('%s: %s is a command', async (_, line) => {
  const args = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')
  const program = programOf(async () => {})
  const parsed = program.parseAsync(args.slice(1), { from: 'user' }).catch((error) => {
    // A command may be named without what it is to be given, and may be asked for help.
    if (error instanceof CommanderError && /^commander\.(missing|help)/.test(error.code)) return
    throw error
  })
  await expect(parsed).resolves.not.toThrow()
})

test('there are some', () => expect(typed.length).toBeGreaterThan(20))
