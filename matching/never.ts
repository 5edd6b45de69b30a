import { type Doubt, doubt } from './doubt.ts'
import { type EventType, eventTypes, type Kind } from './known.ts'
import { knownCalls } from './known-calls.ts'
import type { Branch, Condition, Field, Location } from './matcher.ts'
import { nearest } from './nearest.ts'
import type { Fault } from './pattern-error.ts'

/** What can never match, with the reason where it is a special one. */
export type Hopeless = Fault & { why?: string }

const never = 'W2104'
const neverHere = 'W2105'
const noField = 'W2103'

/** What in a pattern can never match, as far as its types of event are known. Pure. */
export function neverMatching(branches: readonly Branch[]): Hopeless[] {
  const judged = branches.map(judge)
  const code = judged.every(({ hopeless }) => hopeless.length > 0) ? never : neverHere
  const found = judged.flatMap(({ hopeless, doubtful }) => [
    ...hopeless.map((one) => (one.code === noField ? one : { ...one, code }) as Hopeless),
    ...doubtful,
  ])
  // A field outside of $or is the same in every branch.
  return [...new Map(found.map((one) => [JSON.stringify(one.at), one])).values()]
}

/** What makes a branch match nothing, and what is merely of no use in it. */
function judge({ fields }: Branch): { hopeless: Hopeless[]; doubtful: Hopeless[] } {
  const [hopeless, doubtful] = [[] as Hopeless[], [] as Hopeless[]]
  const byPath = new Map(fields.map((field) => [field.path, field]))
  const type = typeOf(byPath)
  for (const field of fields) {
    const kind = kindOf(field, type, byPath)
    const wrong = kind ? doubtsOf(field, kind) : []
    const list = wrong.length === field.conditions.length ? hopeless : doubtful
    for (const { condition, ...doubt } of wrong) list.push({ code: neverHere, at: condition.at, ...doubt })
    const misspelt = !kind && !field.absent && type && misspeltIn(field, type)
    if (misspelt) hopeless.push({ code: noField, ...misspelt })
  }
  return { hopeless: [...hopeless, ...atOdds(byPath, type)], doubtful }
}

const doubtsOf = ({ conditions }: Field, kind: Kind): (Doubt & { condition: Condition })[] =>
  conditions.flatMap((condition) => {
    const doubted = doubt(condition, kind)
    return doubted ? [{ ...doubted, condition }] : []
  })

/** The known type that all events of this branch have. */
function typeOf(byPath: ReadonlyMap<string, Field>): EventType | undefined {
  const [first, ...others] = [...(byPath.get('detail-type')?.texts ?? [])].map((text) =>
    eventTypes.find(({ detailTypes }) => detailTypes.includes(text)),
  )
  return others.every((type) => type === first) ? first : undefined
}

const allTypes: Kind = { values: eventTypes.flatMap(({ detailTypes }) => detailTypes), open: true }

function kindOf(
  { path }: Field,
  type: EventType | undefined,
  byPath: ReadonlyMap<string, Field>,
): Kind | undefined {
  if (path === 'detail-type') return allTypes
  if (!type) return undefined
  if (path === 'source' && type.source) return { values: [type.source] }
  if (path !== 'detail.eventName') return Object.hasOwn(type.fields, path) ? type.fields[path] : undefined
  // Names of calls are known for some services only.
  const names = [...(byPath.get('detail.eventSource')?.texts ?? [''])].map((source) => knownCalls[source])
  return names.every((list) => list) ? { values: names.flatMap((list) => list ?? []), open: true } : 'text'
}

/** A step of a path that nobody knows, beside one that is spelt almost the same. */
function misspeltIn({ path, at }: Field, { fields }: EventType): Omit<Hopeless, 'code'> | undefined {
  const known = Object.keys(fields).map((other) => other.split('.'))
  for (const [index, step] of path.split('.').entries()) {
    const before = path.split('.').slice(0, index)
    const here = new Set(
      known
        .filter((other) => before.every((one, place) => one === other[place]))
        .map((other) => other[index] ?? ''),
    )
    if (here.has(step)) continue
    const meant = nearest(step, here)
    if (!meant) return undefined
    return { at: placeOf(at, step), problem: `no field '${step}'`, fix: `did you mean '${meant}'?` }
  }
  return undefined
}

function placeOf(at: Location, step: string): Location {
  const found = at.lastIndexOf(step)
  return found < 0 ? at : at.slice(0, found + 1)
}

/** CloudTrail's events come from the source that is named like the service they tell of. */
function atOdds(byPath: ReadonlyMap<string, Field>, type: EventType | undefined): Hopeless[] {
  const [source, service] = [byPath.get('source'), byPath.get('detail.eventSource')]
  if (!type || type.source || !source?.texts || !service?.texts) return []
  const sources = [...service.texts].map((name) => `aws.${name.split('.')[0]}`)
  if (sources.some((name) => source.texts?.has(name))) return []
  return [
    {
      code: neverHere,
      at: source.at,
      problem: 'source and eventSource are at odds',
      why: `Events of ${[...service.texts].join(', ')} have the source ${sources.join(', ')}.`,
      fix: `write '${sources[0]}'`,
    },
  ]
}
