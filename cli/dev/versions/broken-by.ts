import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../../shell/project.ts'
import type { BrokenVersion } from './protocol.ts'

/**
 * Where in the project an error comes from, and why. For a syntax error, Node.js puts file and line before the message;
 * an error thrown by a module has them in its stack trace.
 */
export function brokenBy(error: unknown): BrokenVersion {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const [, heads] = /^((?:file:\/\/)?\/[^\n]*:\d+)\n/.exec(stack) ?? []
  const found = heads ?? placesIn(stack).find((place) => !place.includes('/node_modules/'))
  return { where: found ? placed(found) : 'the project', why: said(message) }
}

const placesIn = (stack: string): string[] =>
  [...stack.matchAll(/file:\/\/[^\s)]+?:\d+(?=:\d+|\s|\)|$)/g)].map(([place]) => place)

/** The first line of a message, with paths relative to the project. */
const said = (message: string): string => message.split('\n')[0]?.replaceAll(root, '') ?? ''

function placed(place: string): string {
  const [, file = '', line = ''] = /^(.*):(\d+)$/.exec(place) ?? []
  return `${relative(root, file.startsWith('file:') ? fileURLToPath(file) : file)}:${line}`
}
