import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { root } from '../../cli/shell/project.ts'

/** A source file of the project: its path from the root, its text, and the project's files that it imports. */
export interface Source {
  path: string
  room: string
  text: string
  imports: string[]
}

const statement =
  /^(?:import|export)\b[^'"`;]*?\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)|^import '(\.[^']+)'/gm

/** Every file that git tracks, or would: what is ignored is not part of the project. */
export const files: string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .trim()
  .split('\n')

/** Every TypeScript file. Imports are read from the text: `import … from`, `export … from` and `import('…')`. */
export const sources: Source[] = files
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) => {
    const text = readOrNothing(path)
    return text === undefined
      ? []
      : [{ path, room: path.split('/')[0] ?? path, text, imports: importsIn(path, text) }]
  })

function importsIn(path: string, text: string): string[] {
  return [...text.matchAll(statement)].map(([, from, dynamic, bare]) =>
    posix.normalize(posix.join(posix.dirname(path), from ?? dynamic ?? bare ?? '')),
  )
}

// A file that was deleted and not yet committed is still tracked.
function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(root + path, 'utf8')
  } catch {
    return undefined
  }
}
