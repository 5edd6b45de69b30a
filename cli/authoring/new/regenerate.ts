import { execFileSync } from 'node:child_process'
import { root } from '../../shell/project.ts'

const biome = 'node_modules/@biomejs/biome/bin/biome'

/**
 * Generates what is made from rules and playbooks: the reviewed policies and the reference. In new processes, because
 * this one has loaded the old lists. Throws what they report when they fail.
 */
export function regenerate(): void {
  for (const [script = '', ...args] of [
    ['infrastructure/stack/policies.ts'],
    [biome, 'format', '--write', 'infrastructure/policies'],
    ['docs/generate.ts'],
  ])
    execFileSync(process.execPath, [root + script, ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
}
