import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../../shell/project.ts'
import type { BrokenVersion } from './protocol.ts'

/**
 * Where in the project, and why. Node.js puts the file and line of a syntax error above its message; what is thrown
 * while a module runs has them in its trace.
 */
export function brokenBy(error: unknown): BrokenVersion {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const [, heads] = /^((?:file:\/\/)?\/[^\n]*:\d+)\n/.exec(stack) ?? []
  const found = heads ?? placesIn(stack).find((place) => !place.includes('/node_modules/'))
  return { where: found ? placed(found) : 'the project', why: said(message) }
}

const placesIn = (stack: string): string[] =>
  [...stack.matchAll(/file:\/\/[^\s)]+?:\d+(?=:\d+|\s|\)|$)/g)].map(([place]) => place)

/** In the words of the project: its paths, from its folder. */
const said = (message: string): string => message.split('\n')[0]?.replaceAll(root, '') ?? ''

function placed(place: string): string {
  const [, file = '', line = ''] = /^(.*):(\d+)$/.exec(place) ?? []
  return `${relative(root, file.startsWith('file:') ? fileURLToPath(file) : file)}:${line}`
}
