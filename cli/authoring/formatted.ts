import { spawnSync } from 'node:child_process'
import { root } from '../shell/project.ts'

/**
 * A text as the project's formatter leaves it, its imports in order, for the path it is to have in the project.
 * Throws what Biome says of a text that it cannot read.
 */
export function formatted(path: string, text: string): string {
  const biome = [
    `${root}node_modules/@biomejs/biome/bin/biome`,
    'check',
    '--write',
    `--stdin-file-path=${path}`,
  ]
  const { stdout, stderr, status, error } = spawnSync(process.execPath, biome, {
    cwd: root,
    input: text,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  if (error) throw error
  // Biome leaves with 1 also when it formatted and has something to say: the text it gives is what counts.
  if (status !== 0 && stdout === '') throw new Error(`${path} cannot be formatted: ${stderr.trim()}`)
  return stdout
}
