import { exportOf } from '../names.ts'

const isAfter = (name: string) => (other: string | undefined) => other !== undefined && other > name

/**
 * The text of an index with one more name: its import, and its entry in the order of the names. The formatter sorts the
 * imports. Throws when the text contains no list.
 */
export function withEntry(text: string, name: string, imported: string): string {
  const lines = text.split('\n')
  const begins = lines.findIndex((line) => /= \[$/.test(line))
  const ends = lines.findIndex((line, at) => at > begins && /^\]/.test(line))
  if (begins < 0 || ends < 0) throw new Error('The index contains no list that begins with "= [".')
  // The list is in the order of the files' names, which differs from that of the exports.
  const names = new Map(
    [...text.matchAll(/^import .*?(\w+) } from '\.\/(?:[\w-]+\/)*([\w-]+)\.ts'$/gm)].map(
      ([, local, file]) => [local, file],
    ),
  )
  const after = lines
    .slice(begins + 1, ends)
    .findIndex((line) => isAfter(name)(names.get(line.trim().replace(',', ''))))
  lines.splice(after < 0 ? ends : begins + 1 + after, 0, `  ${exportOf(name)},`)
  return [imported, ...lines].join('\n')
}

/**
 * The text of a table with one more entry, in the order of the keys. A key is what precedes the first `/` or the colon.
 * Throws when no table begins with the pattern.
 */
export function withKey(text: string, begin: RegExp, name: string, entry: string): string {
  const lines = text.split('\n')
  const begins = lines.findIndex((line) => begin.test(line))
  const ends = lines.findIndex((line, at) => at > begins && line === '}')
  if (begins < 0 || ends < 0) throw new Error(`No table begins with ${begin}.`)
  const after = lines
    .slice(begins + 1, ends)
    .findIndex((line) => isAfter(name)(/^ {2}'?([\w-]+)(\/[\w-]+)?'?: /.exec(line)?.[1]))
  lines.splice(after < 0 ? ends : begins + 1 + after, 0, entry)
  return lines.join('\n')
}

/** The text of a table without the entries whose key begins with this name and a `/`. */
export function withoutKeys(text: string, name: string): string {
  let inside = false
  const lines = text.split('\n').filter((line) => {
    const begins = line.startsWith(`  '${name}/`)
    const drop = inside || begins
    inside = (inside || (begins && !line.endsWith('},'))) && line !== '  },'
    return !drop
  })
  return lines.join('\n')
}
