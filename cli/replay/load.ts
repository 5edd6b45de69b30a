import { pathToFileURL } from 'node:url'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { Rule } from '../../engine/rule.ts'
import { listedIn, namesIn, root } from '../shell/project.ts'

/**
 * The playbooks that rules call, each from its own file: to load all of them takes longer than most replays. A name
 * without a file is left out.
 */
export async function playbooksOf(rules: readonly Rule[]): Promise<Map<string, AnyPlaybook>> {
  const files = listedIn('playbooks')
  const names = [...new Set(rules.flatMap(({ then }) => Object.keys(then)))]
  const found = await Promise.all(names.flatMap((name) => files.get(name) ?? []).map((path) => load(path)))
  return new Map(found.flatMap((one) => (one ? [[one.name, one]] : [])))
}

/** Every function of the stack by its name: one for each playbook, and the files of functions/. */
export const functionNames = (): string[] => [
  ...listedIn('playbooks').keys(),
  ...namesIn('functions', '.ts').map((file) => file.replace(/\.ts$/, '')),
]

async function load(path: string): Promise<AnyPlaybook | undefined> {
  const module: Record<string, unknown> = await import(pathToFileURL(root + path).href)
  return Object.values(module).find(
    (one): one is AnyPlaybook => typeof one === 'object' && one !== null && 'contain' in one && 'name' in one,
  )
}
