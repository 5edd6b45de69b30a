import type { Mode } from '../../../engine/rule.ts'

/** A file with one line changed or added. */
export interface Edit {
  path: string
  before: string
  after: string
  /** What the mode was; nothing where the file did not say. */
  was: string | undefined
}

/**
 * A stage's ceiling in the text of serverless.yml: its line changed, or added to the stage's block, or a block added.
 * Everything else stays as it is, comments too. Pure. Throws when the file has no `params`.
 */
export function withCeiling(text: string, stage: string, mode: Mode): Omit<Edit, 'path'> {
  const lines = text.split('\n')
  const params = lines.indexOf('params:')
  if (params < 0) throw new Error('serverless.yml has no params.')
  const paramsEnd = endOf(lines, params, 0)
  const at = lines.findIndex((line, place) => place > params && place < paramsEnd && isKey(line, 2, stage))
  if (at < 0) {
    const added = [`  ${stage}:`, `    ceiling: ${mode}`]
    return edited(text, lines.toSpliced(paramsEnd, 0, ...added), undefined)
  }
  const own = lines.findIndex(
    (line, place) => place > at && place < endOf(lines, at, 2) && isKey(line, 4, 'ceiling'),
  )
  if (own < 0) return edited(text, lines.toSpliced(at + 1, 0, `    ceiling: ${mode}`), undefined)
  const line = lines[own] ?? ''
  const was = /ceiling: *['"]?(\w*)/.exec(line)?.[1]
  return edited(text, lines.with(own, line.replace(/(ceiling: *)['"]?\w*['"]?/, `$1${mode}`)), was)
}

/** A rule's mode in the text of its file. Pure. Throws when it does not have exactly one. */
export function withMode(text: string, mode: Mode): Omit<Edit, 'path'> {
  const found = [...text.matchAll(/^ {2}mode: '(\w+)',$/gm)]
  const [only, second] = found
  if (!only || second) throw new Error(`There are ${found.length} lines with a mode, and not one.`)
  return { before: text, after: text.replace(only[0], `  mode: '${mode}',`), was: only[1] }
}

const edited = (before: string, lines: string[], was: string | undefined): Omit<Edit, 'path'> => ({
  before,
  after: lines.join('\n'),
  was,
})

const isKey = (line: string, indent: number, key: string): boolean =>
  new RegExp(`^ {${indent}}['"]?${key}['"]?:( |$)`).test(line)

/** Behind the last line of the block that begins here; comments and what is further in belong to it, blank lines after it do not. */
function endOf(lines: string[], start: number, indent: number): number {
  let end = start + 1
  for (let at = start + 1; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.trim() === '') continue
    if ((/^ */.exec(line)?.[0].length ?? 0) <= indent) break
    end = at + 1
  }
  return end
}

/** The lines that differ, as `git diff` shows them. Pure. */
export function diffLines({ path, before, after }: Edit): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let head = 0
  while (head < old.length && old[head] === now[head]) head++
  let tail = 0
  while (
    tail < Math.min(old.length, now.length) - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail++
  return [
    `${path}:${head + 1}`,
    ...old.slice(head, old.length - tail).map((line) => `- ${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+ ${line}`),
  ]
}
