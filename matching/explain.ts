import { sanitize } from '../lib/text/sanitize.ts'
import { compile } from './compile.ts'
import type { Branch, Field, Matcher } from './matcher.ts'
import { holdsIn } from './matches.ts'
import { valuesAt } from './values.ts'
import { foundAs, isNot, wantedBy } from './words.ts'

/** A field of the pattern against the event. Every text is inert and bounded. */
export interface Compared {
  path: string
  wanted: string
  found: string
}

/** Why a field does not hold. */
export type Why =
  | 'value' // another value is there
  | 'missing' // no value is there
  | 'present' // a value is there, and none may be
  | 'apart' // it holds, but in another element of an array than the fields before it

export interface Explanation {
  matched: boolean
  /** What of the pattern holds: all of it, or what comes before the first field that does not. */
  before: Compared[]
  failed?: Compared & { why: Why }
  /** `detail.eventName "ListFoundationModels" is not one of InvokeModel*, Converse*`. */
  sentence: string
  /** Of a pattern with `$or`: which of how many combinations matched, or came nearest; from 1. */
  branch?: { is: number; of: number }
}

/**
 * Whether and why a pattern matches an event. Fields are looked at in the order source, detail-type, account, region,
 * what else the envelope has, detail. Of `$or`, the branch is told of in which the fewest fields
 * fail, and of these the one that misses the fewest.
 * Throws PatternError for what EventBridge refuses.
 */
export const explain = (pattern: unknown, event: unknown): Explanation =>
  explainedWith(compile(pattern), event)

/** The same for a pattern that is compiled already. Never throws. */
export function explainedWith({ branches }: Matcher, event: unknown): Explanation {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    return { matched: false, before: [], sentence: 'the event is no JSON object' }
  const told = branches.map((branch) => tell(branch, event))
  const least = Math.min(...told.map(({ distance }) => distance))
  const nearest = told.findIndex(({ distance }) => distance === least)
  const { distance: _, ...rest } = told[nearest] as Told
  return { ...rest, ...(branches.length > 1 && { branch: { is: nearest + 1, of: branches.length } }) }
}

type Told = Omit<Explanation, 'branch'> & { distance: number }

const first = ['source', 'detail-type', 'account', 'region']

function tell(branch: Branch, event: object): Told {
  const compared = branch.fields.toSorted((a, b) => rank(a) - rank(b)).map((field) => compare(field, event))
  const before = (end?: number) => compared.slice(0, end).map(plain)
  if (holdsIn(branch, event))
    return { matched: true, before: before(), distance: 0, sentence: `all ${compared.length} fields match` }
  const failing = compared.findIndex((one) => one.why)
  // Where each field holds by itself, they do not hold together.
  const at = failing < 0 ? firstApart(branch, event, compared) : failing
  const { why = 'apart', ...one } = compared[at] as Judged
  return {
    matched: false,
    before: before(at),
    failed: { ...plain(one), why },
    distance: distanceOf(compared) || 1,
    sentence: sentenceOf(one, why),
  }
}

// What is missing counts a little more than what is wrong.
const distanceOf = (compared: readonly Judged[]): number =>
  compared.reduce((sum, { why }) => sum + (why === undefined ? 0 : why === 'missing' ? 1.0001 : 1), 0)

function sentenceOf({ path, wanted, found, field }: Judged, why: Why): string {
  if (why === 'missing') return `${path} is not there; wanted ${wanted}`
  if (why === 'present') return `${path} is there (${found}), and must not be`
  if (why === 'apart') return `${path} matches only in another element than the fields before it`
  return `${path} ${found} ${isNot(field, wanted)}`
}

interface Judged extends Compared {
  field: Field
  why?: Why
}

const plain = ({ path, wanted, found }: Compared): Compared => ({ path, wanted, found })

function compare(field: Field, event: object): Judged {
  const found = valuesAt(event, field)
  const shown = { path: sanitize(field.path, 200), wanted: wantedBy(field), found: foundAs(found), field }
  if (holdsIn({ fields: [field], sorted: [field] }, event)) return shown
  const why =
    found.length === 0 ? 'missing' : field.absent && field.conditions.length === 1 ? 'present' : 'value'
  return { ...shown, why }
}

function firstApart({ sorted }: Branch, event: object, compared: readonly Judged[]): number {
  return compared.findIndex((_, at) => {
    const these = new Set(compared.slice(0, at + 1).map(({ field }) => field))
    const some = sorted.filter((field) => these.has(field))
    return !holdsIn({ fields: some, sorted: some }, event)
  })
}

function rank({ path }: Field): number {
  const at = first.indexOf(path)
  if (at >= 0) return at
  return path === 'detail' || path.startsWith('detail.') ? first.length + 1 : first.length
}
