import * as z from 'zod'
import { stageFile } from '../channels/stage.ts'
import { exceptionsFile } from '../engine/exceptions.ts'
import { type Node, readJson } from '../match/read-json.ts'
import { type Finding, found } from './finding.ts'
import { type Place, placeAt, placeOf } from './place.ts'
import { namesIn, textOf } from './root.ts'

/** What is wrong with exceptions.json and stages/*.json, on this day. Reads files only. */
export const checkFiles = (now: Date): Finding[] => [
  ...checkExceptions('exceptions.json', textOf('exceptions.json') ?? '', now),
  ...namesIn('stages', '.json').flatMap((name) =>
    checkStage(`stages/${name}`, textOf(`stages/${name}`) ?? ''),
  ),
]

/** The reviewed list of what is spared. */
export function checkExceptions(path: string, text: string, now: Date): Finding[] {
  const { findings, value } = checked(path, text, exceptionsFile)
  const today = now.toISOString().slice(0, 10)
  const expired = (value?.exceptions ?? []).filter(({ expires }) => expires < today)
  return [
    ...findings,
    ...expired.map(({ match, owner, expires }) => {
      const { line, column } = placeOf(text, JSON.stringify(match))
      return found(
        'W3101',
        `${path}:${line}:${column}`,
        `${match} was excepted until ${expires}, by ${owner}`,
      )
    }),
  ]
}

/** Who is told what, and who decides, on a stage. */
export const checkStage = (path: string, text: string): Finding[] => checked(path, text, stageFile).findings

function checked<S extends z.ZodType>(
  path: string,
  text: string,
  schema: S,
): { findings: Finding[]; value?: z.output<S> } {
  const read = readJson(text)
  if ('problem' in read) {
    const { line, column } = placeAt(text, read.at)
    return { findings: [found('E3006', `${path}:${line}:${column}`, read.problem)] }
  }
  const result = schema.safeParse(JSON.parse(text))
  if (result.success) return { findings: [], value: result.data }
  const findings = result.error.issues.map(({ path: at, message }) => {
    const { line, column } = issueAt(text, read.node, at)
    return found('E3006', `${path}:${line}:${column}`, `${z.core.toDotPath(at) || 'the file'}: ${message}`)
  })
  return { findings }
}

/** Where the nearest part of the file begins that is there. */
function issueAt(text: string, node: Node, at: PropertyKey[]): Place {
  let [here, offset]: [Node | undefined, number] = [node, node.at]
  for (const step of at) {
    const field: { key: number; node: Node } | undefined =
      typeof step === 'string' ? here?.fields?.get(step) : undefined
    here = typeof step === 'number' ? here?.items?.[step] : field?.node
    if (!here) break
    offset = field?.key ?? here.at
  }
  return placeAt(text, offset)
}
