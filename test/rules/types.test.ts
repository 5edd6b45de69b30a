import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const wanted = /^\/\/ @ts-expect-error: (.+)$/

/** The compiler's message for each line, without the `@ts-expect-error` comments of wrong.ts. */
async function complaints(source: string): Promise<Map<number, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-types-'))
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { typeRoots: [join(root, 'node_modules/@types')] },
    include: ['wrong.mts'],
    exclude: [],
  }
  try {
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    await writeFile(
      join(folder, 'wrong.mts'),
      source.replaceAll('@ts-expect-error', 'wrong').replaceAll('../../', root),
    )
    const tsc = promisify(execFile)(process.execPath, [
      join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      folder,
    ])
    const said = await tsc.then(({ stdout }) => stdout).catch(({ stdout }: { stdout: string }) => stdout)
    const found = said.split(/^(?=\S)/m).map((text) => [/wrong\.mts\((\d+),/.exec(text)?.[1], text] as const)
    return new Map(found.map(([line, text]) => [Number(line), text]))
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('wrong rules do not compile, each for its own reason', { timeout: 120_000 }, async () => {
  const source = await readFile(join(root, 'test/rules/wrong.ts'), 'utf8')
  const said = await complaints(source)
  const mistakes = source.split('\n').flatMap((line, index) => {
    const reason = wanted.exec(line)?.[1]
    return reason ? [{ line: index + 2, reason }] : []
  })
  expect(mistakes.length).toBeGreaterThan(25)
  for (const { line, reason } of mistakes) expect(said.get(line), `line ${line}`).toContain(reason)
  expect([...said.keys()]).toEqual(mistakes.map(({ line }) => line))
})
