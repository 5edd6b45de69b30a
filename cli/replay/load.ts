import { readdirSync } from 'node:fs'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { Rule } from '../../engine/rule.ts'

/**
 * The playbooks that rules call, each from its own file: to load all of them takes longer than most replays. A name
 * without a file is left out.
 */
export async function playbooksOf(rules: readonly Rule[]): Promise<Map<string, AnyPlaybook>> {
  const files = new Set(readdirSync(new URL('../../playbooks', import.meta.url)))
  const names = [...new Set(rules.flatMap(({ then }) => Object.keys(then)))]
  const found = await Promise.all(
    names.filter((name) => files.has(`${name}.ts`)).map(async (name) => [name, await load(name)] as const),
  )
  return new Map(found.flatMap(([name, one]) => (one ? [[name, one]] : [])))
}

/** Every function of the stack by its name: each is a file in functions/. */
export const functionNames = (): string[] =>
  readdirSync(new URL('../../functions', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))

async function load(name: string): Promise<AnyPlaybook | undefined> {
  const module: Record<string, unknown> = await import(`../playbooks/${name}.ts`)
  return Object.values(module).find(
    (one): one is AnyPlaybook =>
      typeof one === 'object' && one !== null && 'contain' in one && 'name' in one && one.name === name,
  )
}
