import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')

/**
 * The test files that start the emulators, or generate the reference and the policies of a copy of the project, in
 * processes of their own: no import shows it. In the project `fast` no emulator can be started or reached, so one that
 * is missing here fails there.
 */
export const heavyPrograms = [
  'test/cli/authoring/new.test.ts',
  'test/cli/dev.test.ts',
  'test/cli/new.test.ts',
  'test/docs/author.test.ts',
  'test/local/start.test.ts',
]

/** What starts an emulator, or the linter for CloudFormation, which is installed beside them and takes half a minute. */
const installed = ['local/emulators.ts', 'test/infrastructure/lint.ts']

/** Whether a test file, named from the root, needs what is installed in .emulators/: it or anything that it imports. */
export const needsEmulator = (file: string): boolean =>
  heavyPrograms.includes(file) || installed.some((one) => importsOf(file).has(one))

const direct = new Map<string, string[]>()

/** Every file that this one imports, by however many steps; type-only imports load nothing and do not count. */
export function importsOf(file: string, found = new Set<string>()): Set<string> {
  for (const next of (direct.get(file) ?? remember(file)).filter((one) => !found.has(one))) {
    found.add(next)
    importsOf(next, found)
  }
  return found
}

function remember(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8')
  const statements = source.matchAll(/^(?:import|export)\s(?!type\b)[^'"]*?'(\.[^']+\.ts)'/gm)
  const files = [...statements].map(([, path = '']) => relative(root, join(root, dirname(file), path)))
  direct.set(file, files)
  return files
}
