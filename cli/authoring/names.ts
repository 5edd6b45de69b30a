import { posix } from 'node:path'

/** Whether the text is kebab-case, as names of files, rules and playbooks are. 40 characters leave room in a Lambda function's 64. */
export const isName = (text: string): boolean =>
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text) && text.length <= 40

/** The name of the export: `deny-inference` → `denyInference`. */
export const exportOf = (name: string): string => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())

/** How one file of the project imports another: `../../engine/playbook.ts`. */
export function importPath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), posix.normalize(to))
  return path.startsWith('.') ? path : `./${path}`
}
