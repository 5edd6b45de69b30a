import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../cli/shell.ts'

/** A page of the documentation, by its path in the project. */
export interface Page {
  path: string
  text: string
}

/** Every page there is: README, docs/ and what is generated. */
export const pages: Page[] = ['README.md', ...markdownIn('docs')].map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}))

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file))
    .sort()
}

/** A fenced block, and what the comment before it says of it: `not run: …`, `file: …`, `exit 3`. */
export interface Block {
  language: string
  code: string
  says: string
}

/** The fenced blocks of a page; those in lists are moved to the margin. */
export const blocksOf = ({ text }: Page): Block[] =>
  [...text.matchAll(/(?:^ *<!-- (.*?) -->\n)?^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)].map(
    ([, says = '', indent = '', language = '', code = '']) => ({
      language,
      says,
      code: code.replace(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  )
