import { pathToFileURL } from 'node:url'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { Rule } from '../../engine/rule.ts'
import { listedIn, namesIn, root } from '../shell/project.ts'

/**
 * The playbooks that rules call, by name, each loaded from its own file: loading all of them takes longer than most
 * replays. A name without a file is left out.
 */
export async function playbooksOf(rules: readonly Rule[]): Promise<Map<string, AnyPlaybook>> {
  const files = listedIn('playbooks')
  const names = [...new Set(rules.flatMap(({ then }) => Object.keys(then)))]
  const found = await Promise.all(names.flatMap((name) => files.get(name) ?? []).map((path) => load(path)))
  return new Map(found.flatMap((one) => (one ? [[one.name, one]] : [])))
}

/** The names of all functions of the stack: one for each playbook, and the files of functions/. */
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
