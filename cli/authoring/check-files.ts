import * as z from 'zod'
import { exceptionsFile } from '../../engine/exceptions.ts'
import { type JsonNode, readJson } from '../../matching/read/read-json.ts'
import { routingFile } from '../../responders/routing.ts'
import { namesIn, readProjectFile } from '../shell/project.ts'
import { type AuthoringFinding, findingOf } from './finding.ts'
import { placeAt, type TextPlace, textPlaceOf } from './place.ts'

/** Findings about exceptions.json and infrastructure/stages/*.json at this time. Reads files only. */
export const checkFiles = (now: Date): AuthoringFinding[] => [
  ...checkExceptions('exceptions.json', readProjectFile('exceptions.json') ?? '', now),
  ...namesIn('infrastructure/stages', '.json').flatMap((name) =>
    checkStage(`infrastructure/stages/${name}`, readProjectFile(`infrastructure/stages/${name}`) ?? ''),
  ),
]

/** Findings about the reviewed list of exceptions. */
export function checkExceptions(path: string, text: string, now: Date): AuthoringFinding[] {
  const { findings, value } = checked(path, text, exceptionsFile)
  const today = now.toISOString().slice(0, 10)
  const expired = (value?.exceptions ?? []).filter(({ expires }) => expires < today)
  return [
    ...findings,
    ...expired.map(({ match, owner, expires }) => {
      const { line, column } = textPlaceOf(text, JSON.stringify(match))
      return findingOf(
        'W3101',
        `${path}:${line}:${column}`,
        `the exception of ${match} by ${owner} expired on ${expires}`,
      )
    }),
  ]
}

/** Findings about a stage's routing: who is notified, and who decides. */
export const checkStage = (path: string, text: string): AuthoringFinding[] =>
  checked(path, text, routingFile).findings

function checked<S extends z.ZodType>(
  path: string,
  text: string,
  schema: S,
): { findings: AuthoringFinding[]; value?: z.output<S> } {
  const read = readJson(text)
  if ('problem' in read) {
    const { line, column } = placeAt(text, read.at)
    return { findings: [findingOf('E3006', `${path}:${line}:${column}`, read.problem)] }
  }
  const result = schema.safeParse(JSON.parse(text))
  if (result.success) return { findings: [], value: result.data }
  const findings = result.error.issues.map(({ path: at, message }) => {
    const { line, column } = issueAt(text, read.node, at)
    return findingOf(
      'E3006',
      `${path}:${line}:${column}`,
      `${z.core.toDotPath(at) || 'the file'}: ${message}`,
    )
  })
  return { findings }
}

/** The position of an issue: of the last part of its path that the file contains. */
function issueAt(text: string, node: JsonNode, at: PropertyKey[]): TextPlace {
  let [here, offset]: [JsonNode | undefined, number] = [node, node.at]
  for (const step of at) {
    const field: { key: number; node: JsonNode } | undefined =
      typeof step === 'string' ? here?.fields?.get(step) : undefined
    here = typeof step === 'number' ? here?.items?.[step] : field?.node
    if (!here) break
    offset = field?.key ?? here.at
  }
  return placeAt(text, offset)
}
