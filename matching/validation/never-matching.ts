import { similarName } from '../../lib/text/similar.ts'
import { type EventType, eventTypes, type ValueKind } from '../known/known.ts'
import { knownCalls } from '../known/known-calls.ts'
import type { Branch, Condition, FieldTest, PatternLocation } from '../matcher.ts'
import type { PatternFault } from '../pattern-error.ts'
import { type Impossibility, impossibilityOf } from './impossible.ts'

/** Something that can never match, with its own reason if there is one. */
export type NeverMatching = PatternFault & { why?: string }

const never = 'W2104'
const neverHere = 'W2105'
const noField = 'W2103'

/** Pure. What in a pattern can never match, as far as its event types are known. */
export function neverMatching(branches: readonly Branch[]): NeverMatching[] {
  const checked = branches.map(checkBranch)
  const code = checked.every(({ fatal }) => fatal.length > 0) ? never : neverHere
  const found = checked.flatMap(({ fatal, useless }) => [
    ...fatal.map((one) => (one.code === noField ? one : { ...one, code }) as NeverMatching),
    ...useless,
  ])
  // A field outside of $or is the same in every branch.
  return [...new Map(found.map((one) => [JSON.stringify(one.at), one])).values()]
}

/** What keeps a branch from ever matching, and alternatives in it that cannot match. */
function checkBranch({ fields }: Branch): { fatal: NeverMatching[]; useless: NeverMatching[] } {
  const [fatal, useless] = [[] as NeverMatching[], [] as NeverMatching[]]
  const byPath = new Map(fields.map((field) => [field.path, field]))
  const type = typeOf(byPath)
  for (const field of fields) {
    const kind = kindOf(field, type, byPath)
    const wrong = kind ? impossibilitiesOf(field, kind) : []
    const list = wrong.length === field.conditions.length ? fatal : useless
    for (const { condition, ...impossible } of wrong)
      list.push({ code: neverHere, at: condition.at, ...impossible })
    const misspelled = !kind && !field.absent && type && misspelledIn(field, type)
    if (misspelled) fatal.push({ code: noField, ...misspelled })
  }
  return { fatal: [...fatal, ...contradictingSource(byPath, type)], useless }
}

const impossibilitiesOf = (
  { conditions }: FieldTest,
  kind: ValueKind,
): (Impossibility & { condition: Condition })[] =>
  conditions.flatMap((condition) => {
    const found = impossibilityOf(condition, kind)
    return found ? [{ ...found, condition }] : []
  })

/** The event type of this branch, if it is known and only one. */
function typeOf(byPath: ReadonlyMap<string, FieldTest>): EventType | undefined {
  const [first, ...others] = [...(byPath.get('detail-type')?.texts ?? [])].map((text) =>
    eventTypes.find(({ detailTypes }) => detailTypes.includes(text)),
  )
  return others.every((type) => type === first) ? first : undefined
}

const allTypes: ValueKind = { values: eventTypes.flatMap(({ detailTypes }) => detailTypes), open: true }

function kindOf(
  { path }: FieldTest,
  type: EventType | undefined,
  byPath: ReadonlyMap<string, FieldTest>,
): ValueKind | undefined {
  if (path === 'detail-type') return allTypes
  if (!type) return undefined
  if (path === 'source' && type.source) return { values: [type.source] }
  if (path !== 'detail.eventName') return Object.hasOwn(type.fields, path) ? type.fields[path] : undefined
  // Operations are known for some services only.
  const names = [...(byPath.get('detail.eventSource')?.texts ?? [''])].map((source) => knownCalls[source])
  return names.every((list) => list) ? { values: names.flatMap((list) => list ?? []), open: true } : 'text'
}

/** An unknown step of a path whose spelling is close to a known one. */
function misspelledIn(
  { path, at }: FieldTest,
  { fields }: EventType,
): Omit<NeverMatching, 'code'> | undefined {
  const known = Object.keys(fields).map((other) => other.split('.'))
  for (const [index, step] of path.split('.').entries()) {
    const before = path.split('.').slice(0, index)
    const here = new Set(
      known
        .filter((other) => before.every((one, place) => one === other[place]))
        .map((other) => other[index] ?? ''),
    )
    if (here.has(step)) continue
    const meant = similarName(step, here)
    if (!meant) return undefined
    return {
      at: placeOf(at, step),
      problem: `the field '${step}' does not exist`,
      fix: `did you mean '${meant}'?`,
    }
  }
  return undefined
}

function placeOf(at: PatternLocation, step: string): PatternLocation {
  const found = at.lastIndexOf(step)
  return found < 0 ? at : at.slice(0, found + 1)
}

/** The source of CloudTrail's events is derived from their event source. */
function contradictingSource(
  byPath: ReadonlyMap<string, FieldTest>,
  type: EventType | undefined,
): NeverMatching[] {
  const [source, service] = [byPath.get('source'), byPath.get('detail.eventSource')]
  if (!type || type.source || !source?.texts || !service?.texts) return []
  const sources = [...service.texts].map((name) => `aws.${name.split('.')[0]}`)
  if (sources.some((name) => source.texts?.has(name))) return []
  return [
    {
      code: neverHere,
      at: source.at,
      problem: 'source and eventSource contradict each other',
      why: `Events of ${[...service.texts].join(', ')} have the source ${sources.join(', ')}.`,
      fix: `write '${sources[0]}'`,
    },
  ]
}
