import { exportOf } from './names.ts'

/** Names, sorted, and then one more. */
const later = (name: string) => (other: string | undefined) => other !== undefined && other > name

/**
 * The text of an index with one more name: its import, and its entry where the order of the names wants it. The formatter
 * puts the import in its place. Throws when the text holds no list.
 */
export function withEntry(text: string, name: string, imported: string): string {
  const lines = text.split('\n')
  const begins = lines.findIndex((line) => /= \[$/.test(line))
  const ends = lines.findIndex((line, at) => at > begins && /^\]/.test(line))
  if (begins < 0 || ends < 0) throw new Error('The index holds no list that begins with "= [".')
  // Compared by their names in the files, which the list has in that order; the exports are not.
  const names = new Map(
    [...text.matchAll(/^import .*?(\w+) } from '\.\/([\w-]+)\.ts'$/gm)].map(([, local, file]) => [
      local,
      file,
    ]),
  )
  const after = lines
    .slice(begins + 1, ends)
    .findIndex((line) => later(name)(names.get(line.trim().replace(',', ''))))
  lines.splice(after < 0 ? ends : begins + 1 + after, 0, `  ${exportOf(name)},`)
  return [imported, ...lines].join('\n')
}

/**
 * The text of a table with one more entry, where the order of the keys wants it. A key is all that stands before the
 * first `/` or the colon. Throws when there is no table that begins so.
 */
export function withKey(text: string, begin: RegExp, name: string, entry: string): string {
  const lines = text.split('\n')
  const begins = lines.findIndex((line) => begin.test(line))
  const ends = lines.findIndex((line, at) => at > begins && line === '}')
  if (begins < 0 || ends < 0) throw new Error(`There is no table that begins with ${begin}.`)
  const after = lines
    .slice(begins + 1, ends)
    .findIndex((line) => later(name)(/^ {2}'?([\w-]+)(\/[\w-]+)?'?: /.exec(line)?.[1]))
  lines.splice(after < 0 ? ends : begins + 1 + after, 0, entry)
  return lines.join('\n')
}

/** The text of a table without the entries whose key is this name and a `/`. */
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
