import type { Mode } from '../../../engine/rule.ts'

/** A file with one line changed or added. */
export interface Edit {
  path: string
  before: string
  after: string
  /** The mode before; undefined when the file did not set it. */
  was: string | undefined
}

/**
 * Sets a stage's ceiling in the text of serverless.yml: changes its line, or adds it to the stage's block, or adds a
 * block. Everything else stays as it is, including comments. Pure. Throws when the file has no `params`.
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

/** Sets a rule's mode in the text of its file. Pure. Throws unless the text has exactly one mode. */
export function withMode(text: string, mode: Mode): Omit<Edit, 'path'> {
  const found = [...text.matchAll(/^ {2}mode: '(\w+)',$/gm)]
  const [only, second] = found
  if (!only || second)
    throw new Error(`The file has ${found.length} lines that set a mode; it must have one.`)
  return { before: text, after: text.replace(only[0], `  mode: '${mode}',`), was: only[1] }
}

const edited = (before: string, lines: string[], was: string | undefined): Omit<Edit, 'path'> => ({
  before,
  after: lines.join('\n'),
  was,
})

const isKey = (line: string, indent: number, key: string): boolean =>
  new RegExp(`^ {${indent}}['"]?${key}['"]?:( |$)`).test(line)

/** The index after the last line of the block at `start`. Comments and deeper lines belong to it, blank lines after it do not. */
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

/** The changed lines, as `git diff` shows them. Pure. */
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
