import { spawnSync } from 'node:child_process'
import { root } from '../shell/project.ts'

/**
 * The text as the project's formatter writes it at this path, with sorted imports. Throws what Biome reports about a text
 * that it cannot parse.
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
  // Biome exits with 1 even after formatting when it has diagnostics: only an empty output is a failure.
  if (status !== 0 && stdout === '') throw new Error(`${path} cannot be formatted: ${stderr.trim()}`)
  return stdout
}
