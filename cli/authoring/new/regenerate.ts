import { execFileSync } from 'node:child_process'
import { root } from '../shell/project.ts'

/**
 * Makes anew what is made from rules and playbooks: the reviewed policies and the reference. By processes of their own:
 * this one has the lists as they were before. Throws what they say when they fail.
 */
export function regenerate(): void {
  const biome = ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', 'policies']
  for (const [script = '', ...args] of [['infrastructure/stack/policies.ts'], biome, ['docs/generate.ts']])
    execFileSync(process.execPath, [root + script, ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
}
