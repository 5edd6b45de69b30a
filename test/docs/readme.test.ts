import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parseCommand } from '../../engine/command.ts'
import manifest from '../../package.json' with { type: 'json' }
import { root } from '../cli/shell.ts'
import { blocksOf, pages } from './pages.ts'

const blocks = pages.map((page) => ({ page, all: blocksOf(page) }))
const [readme = []] = blocks.filter(({ page }) => page.path === 'README.md').map(({ all }) => all)
const shells = blocks.flatMap(({ page, all }) =>
  all.filter(({ language }) => language === 'sh').map(({ code }) => [page.path, code] as const),
)

test.each(shells)('the scripts, files and commands that %s names are there', (_, code) => {
  for (const [, name = ''] of code.matchAll(/\bnpm (?:run (?:-s |--silent )?)?([a-z]+)\b(?! ci)/g))
    if (!['ci', 'install', 'pack'].includes(name)) expect(Object.keys(manifest.scripts), code).toContain(name)
  for (const [, file = ''] of code.matchAll(/\bnode ([\w./-]+\.m?[jt]s)\b/g))
    expect(existsSync(join(root, file)), file).toBe(true)
  // What is sent to a function by hand.
  const byHand = code.split('\n').filter((line) => !line.includes('portcullis dev'))
  for (const [, json = ''] of byHand.join('\n').matchAll(/'(\{"do"[\s\S]*?\})'/g))
    expect(parseCommand(JSON.parse(json))).toBeDefined()
})

// Its own functions are left out there; here they are declared.
const around = `import { IAMClient } from '@aws-sdk/client-iam'
import { playbook } from '../../engine/playbook.ts'
declare function keyOf(iam: IAMClient, accessKeyId: string): Promise<{ tags: []; status: string }>
declare function setStatus(iam: IAMClient, accessKeyId: string, status: string): Promise<void>
`

test('the playbook in the README compiles', { timeout: 120_000 }, async () => {
  const [sketch] = readme.filter(({ language }) => language === 'ts')
  // Within the project, for its packages; `.local` is not part of the project.
  const folder = join(root, '.local', `readme-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, 'sketch.ts'), around + sketch?.code)
    const config = { extends: '../../tsconfig.json', include: ['sketch.ts'], exclude: [] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = promisify(execFile)(process.execPath, [
      join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      folder,
    ])
    const said = await tsc.then(() => '').catch(({ stdout }: { stdout: string }) => stdout)
    expect(said.split('\n').filter((line) => line.includes('sketch.ts'))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
