import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { formatted } from '../cli/authoring/formatted.ts'
import { root } from '../cli/shell/project.ts'
import { cli } from './generate/cli.ts'
import { codesPage } from './generate/codes.ts'
import { permissions } from './generate/permissions.ts'
import { playbooksPage } from './generate/playbooks.ts'
import { rulesPage } from './generate/rules.ts'
import { exceptionsSchema, stageSchema } from './generate/schemas.ts'
import { threatsPage } from './generate/threats.ts'

/** Everything in docs/ that is made from code, by its path in the project. `node docs/generate.ts [--check]` */
const made: Record<string, () => string> = {
  'docs/reference/cli.md': cli,
  'docs/reference/codes.md': codesPage,
  'docs/reference/permissions.md': permissions,
  'docs/reference/playbooks.md': playbooksPage,
  'docs/reference/rules.md': rulesPage,
  'docs/schemas/exceptions.schema.json': exceptionsSchema,
  'docs/schemas/stage.schema.json': stageSchema,
  'docs/threats.md': threatsPage,
}

/** The files that are not as the code says, each with the text that it should have. */
export function stale(): { path: string; text: string }[] {
  return Object.entries(made)
    .map(([path, make]) => ({ path, text: path.endsWith('.json') ? formatted(path, make()) : make() }))
    .filter(({ path, text }) => present(path) !== text)
}

function present(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}

if (import.meta.main) {
  const files = stale()
  const check = process.argv.includes('--check')
  for (const { path, text } of files) {
    console.log(`${check ? 'stale' : 'written'}  ${path}`)
    if (check) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  if (check && files.length > 0) {
    console.error('What is generated is not as the code says.\n  fix  node docs/generate.ts')
    process.exitCode = 3
  }
}
