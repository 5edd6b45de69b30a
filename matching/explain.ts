import { sanitize } from '../lib/text/sanitize.ts'
import { compile } from './compile.ts'
import { expectedText, foundText, mismatchText } from './explanation-text.ts'
import type { Branch, FieldTest, Matcher } from './matcher.ts'
import { holdsIn } from './matches.ts'
import { valuesAt } from './values/values.ts'

/** A field of the pattern and the event. Every text is sanitized and bounded. */
export interface FieldComparison {
  path: string
  wanted: string
  found: string
}

/** Why a field does not match. */
export type MismatchReason =
  | 'value' // another value
  | 'missing' // no value
  | 'present' // a value where there must be none
  | 'apart' // it holds, but in another array element than the fields before it

export interface Explanation {
  matched: boolean
  /** The fields that match: all of them, or those before the first one that does not. */
  before: FieldComparison[]
  failed?: FieldComparison & { why: MismatchReason }
  /** `detail.eventName "ListFoundationModels" is not one of InvokeModel*, Converse*`. */
  sentence: string
  /** With `$or`: which of how many combinations matched or came nearest, from 1. */
  branch?: { is: number; of: number }
}

/**
 * Whether and why a pattern matches an event. Fields are compared in the order source, detail-type, account, region,
 * rest of the envelope, detail. With `$or`, the branch with the fewest mismatches is explained, and among equals the one
 * with the fewest missing fields. Throws `PatternError` for a pattern that EventBridge rejects.
 */
export const explain = (pattern: unknown, event: unknown): Explanation => explainWith(compile(pattern), event)

/** The same for a compiled pattern. Never throws. */
export function explainWith({ branches }: Matcher, event: unknown): Explanation {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    return { matched: false, before: [], sentence: 'the event is not a JSON object' }
  const explained = branches.map((branch) => explainBranch(branch, event))
  const least = Math.min(...explained.map(({ distance }) => distance))
  const nearest = explained.findIndex(({ distance }) => distance === least)
  const { distance: _, ...rest } = explained[nearest] as BranchExplanation
  return { ...rest, ...(branches.length > 1 && { branch: { is: nearest + 1, of: branches.length } }) }
}

type BranchExplanation = Omit<Explanation, 'branch'> & { distance: number }

const first = ['source', 'detail-type', 'account', 'region']

function explainBranch(branch: Branch, event: object): BranchExplanation {
  const compared = branch.fields.toSorted((a, b) => rank(a) - rank(b)).map((field) => compare(field, event))
  const before = (end?: number) => compared.slice(0, end).map(plain)
  if (holdsIn(branch, event))
    return { matched: true, before: before(), distance: 0, sentence: `all ${compared.length} fields match` }
  const failing = compared.findIndex((one) => one.why)
  // Every field holds by itself, but not all in the same array element.
  const at = failing < 0 ? firstApart(branch, event, compared) : failing
  const { why = 'apart', ...one } = compared[at] as ComparedField
  return {
    matched: false,
    before: before(at),
    failed: { ...plain(one), why },
    distance: distanceOf(compared) || 1,
    sentence: sentenceOf(one, why),
  }
}

// A missing value counts slightly more than a wrong one.
const distanceOf = (compared: readonly ComparedField[]): number =>
  compared.reduce((sum, { why }) => sum + (why === undefined ? 0 : why === 'missing' ? 1.0001 : 1), 0)

function sentenceOf({ path, wanted, found, field }: ComparedField, why: MismatchReason): string {
  if (why === 'missing') return `${path} is missing; expected ${wanted}`
  if (why === 'present') return `${path} is present (${found}), but must be absent`
  if (why === 'apart') return `${path} matches only in another array element than the fields before it`
  return `${path} ${found} ${mismatchText(field, wanted)}`
}

interface ComparedField extends FieldComparison {
  field: FieldTest
  why?: MismatchReason
}

const plain = ({ path, wanted, found }: FieldComparison): FieldComparison => ({ path, wanted, found })

function compare(field: FieldTest, event: object): ComparedField {
  const found = valuesAt(event, field)
  const shown = {
    path: sanitize(field.path, 200),
    wanted: expectedText(field),
    found: foundText(found),
    field,
  }
  if (holdsIn({ fields: [field], sorted: [field] }, event)) return shown
  const why =
    found.length === 0 ? 'missing' : field.absent && field.conditions.length === 1 ? 'present' : 'value'
  return { ...shown, why }
}

function firstApart({ sorted }: Branch, event: object, compared: readonly ComparedField[]): number {
  return compared.findIndex((_, at) => {
    const these = new Set(compared.slice(0, at + 1).map(({ field }) => field))
    const some = sorted.filter((field) => these.has(field))
    return !holdsIn({ fields: some, sorted: some }, event)
  })
}

function rank({ path }: FieldTest): number {
  const at = first.indexOf(path)
  if (at >= 0) return at
  return path === 'detail' || path.startsWith('detail.') ? first.length + 1 : first.length
}
