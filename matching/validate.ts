import { sanitize } from '../lib/text/sanitize.ts'
import { type PatternCode, patternCodes } from './codes.ts'
import type { PatternLocation } from './matcher.ts'
import type { PatternFault } from './pattern-error.ts'
import { locationText } from './read/location.ts'
import { type JsonNode, type JsonRead, readJson } from './read/read-json.ts'
import { readPattern } from './read/read-pattern.ts'
import { neverMatching } from './validation/never-matching.ts'
import { redundantConditions } from './validation/redundant.ts'

/** A problem of a pattern, for a person to read. Every text is sanitized. */
export interface PatternProblem {
  code: PatternCode
  /** EventBridge rejects the pattern, or accepts it although it is probably not what was intended. */
  level: 'error' | 'warning'
  /** The same for every problem of this code. */
  title: string
  /** The problem at this place. */
  problem: string
  /** `file:line:column`, both from 1. */
  where: string
  line: number
  column: number
  /** The place within the pattern: `detail.eventName[0]`. */
  path: string
  why: string
  fix: string
}

/** Source: EventBridge User Guide, "Quotas": 2,048 characters, 4,096 on request. */
const sizes = { usual: 2048, most: 4096 }

/** The problems of a pattern given as JSON text: errors before warnings, each in the order of the text. Never throws. */
export function problems(text: string, file = 'pattern'): PatternProblem[] {
  if (text.length > sizes.most * 16) return [problemOf({ code: 'E2012', at: [], problem: size(text) }, 0)]
  const read = readJson(text)
  if ('problem' in read) return [problemOf({ code: 'E2001', at: [], problem: read.problem }, read.at)]
  const { branches, faults, replaced } = readPattern(read.node.value)
  const compact = JSON.stringify(read.node.value).length
  const found = [
    ...faults,
    ...(compact > sizes.most ? [{ code: 'E2012', at: [], problem: size(text) } as const] : []),
    ...(compact > sizes.usual && compact <= sizes.most
      ? [{ code: 'W2101', at: [], problem: size(text) } as const]
      : []),
    ...replaced.map(
      ({ at, path }) => ({ code: 'W2102', at, problem: `it is replaced by a later ${path}` }) as const,
    ),
    ...neverMatching(branches),
    ...redundantConditions(branches),
  ]
  return [...found.map((fault) => problemOf(fault, offsetOf(read, fault.at))), ...repeated(read)].toSorted(
    inOrder,
  )

  function problemOf(
    { code, at, problem, fix, why }: PatternFault & { why?: string },
    offset: number,
  ): PatternProblem {
    const { line, column } = positionOf(text, offset)
    return {
      code,
      level: code.startsWith('E') ? 'error' : 'warning',
      title: patternCodes[code].title,
      problem: sanitize(problem),
      where: `${file}:${line}:${column}`,
      line,
      column,
      path: locationText(at),
      why: sanitize(why ?? patternCodes[code].why, 1000),
      fix: sanitize(fix ?? patternCodes[code].fix),
    }
  }

  function repeated({ repeated }: JsonRead): PatternProblem[] {
    return repeated.map(({ key, at }) =>
      problemOf({ code: 'W2102', at: [key], problem: `'${key}' occurs again` }, at),
    )
  }
}

const size = (text: string): string => `${text.length} characters`

const inOrder = (a: PatternProblem, b: PatternProblem): number =>
  Number(a.level === 'warning') - Number(b.level === 'warning') || a.line - b.line || a.column - b.column

/** The offset of a place in the pattern; a field begins at its name. */
function offsetOf({ node }: JsonRead, at: PatternLocation): number {
  let [here, offset]: [JsonNode | undefined, number] = [node, node.at]
  for (const step of at) {
    const field: { key: number; node: JsonNode } | undefined =
      typeof step === 'string' ? here?.fields?.get(step) : undefined
    here = typeof step === 'number' ? here?.items?.[step] : field?.node
    if (!here) return offset
    offset = field?.key ?? here.at
  }
  return offset
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
