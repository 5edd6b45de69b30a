import { similarName } from '../../lib/text/similar.ts'
import type { ValueKind } from '../known/known.ts'
import type { Condition, JsonScalar } from '../matcher.ts'

/** Why a condition cannot match any value of its field, and what was probably meant. */
export interface Impossibility {
  problem: string
  why: string
  fix?: string
}

/** Pure. The reason why a condition cannot match values of this kind; undefined if it can, or if that is not certain. */
export function impossibilityOf(condition: Condition, kind: ValueKind): Impossibility | undefined {
  // Any value may be null, and most tests for absence are intended.
  if (condition.operand === null || condition.operator === 'exists')
    return kind === 'object' && condition.operand === true ? noLeaf : undefined
  if (kind === 'object') return noLeaf
  if (condition.operator === 'anything-but') return undefined
  if (typeof kind === 'object' && 'values' in kind) return among(condition, kind)
  const wanted = typeOf(condition)
  const held = typeof kind === 'string' ? types[kind] : 'from' in kind ? 'number' : 'string'
  if (wanted !== held) return otherType(condition, wanted, held)
  if (typeof kind === 'string') return undefined
  if ('from' in kind)
    return points(condition, kind).some((value) => condition.accepts(value, undefined))
      ? undefined
      : {
          problem: `${show(condition)} is outside ${kind.from} to ${kind.to}`,
          why: `The values of this field are from ${kind.from} to ${kind.to}.`,
        }
  return condition.operator !== 'exact' || kind.like.test(String(condition.operand))
    ? undefined
    : {
        problem: `${show(condition)} has a different form`,
        why: 'EventBridge compares the whole text.',
        fix: `write it in the form '${kind.example}'`,
      }
}

const types = { text: 'string', number: 'number', flag: 'boolean' } as const
const words = { string: 'a string', number: 'a number', boolean: 'true or false' }
type Type = keyof typeof words

const noLeaf: Impossibility = {
  problem: 'the field is an object and has no value itself',
  why: 'EventBridge compares values only, even for exists: an object or a list of objects is not a value.',
  fix: 'name a field in it',
}

const show = ({ operator, operand }: Condition): string =>
  operator === 'exact' ? JSON.stringify(operand) : `${operator} ${JSON.stringify(operand)}`

const typeOf = ({ operator, operand }: Condition): Type =>
  operator === 'numeric' ? 'number' : operator === 'exact' ? (typeof operand as Type) : 'string'

function otherType(condition: Condition, wanted: Type, held: Type): Impossibility {
  const bare = held !== 'string' && typeof condition.operand === 'string' ? condition.operand : undefined
  const fix =
    bare !== undefined
      ? `write ${bare} without "`
      : held === 'string'
        ? `write "${condition.operand}"`
        : undefined
  return {
    problem: `${show(condition)} is ${words[wanted]}, but the event has ${words[held]}`,
    why: 'EventBridge compares types too: "7" does not match 7.',
    ...(fix !== undefined && condition.operator === 'exact' && { fix }),
  }
}

function among(
  condition: Condition,
  { values, open }: { values: readonly string[]; open?: true },
): Impossibility | undefined {
  if (condition.compares === 'addresses' || values.some((value) => condition.accepts(value, undefined)))
    return undefined
  const meant = meantBy(condition, values)
  if (open && meant === undefined) return undefined
  return {
    problem: `${show(condition)} is not one of its values`,
    why: open
      ? 'EventBridge compares exactly, and no known value is spelled like this.'
      : `The values are ${values.join(', ')}.`,
    ...(meant !== undefined && {
      fix: typeof condition.operand === 'boolean' ? `write "${meant}"` : `did you mean '${meant}'?`,
    }),
  }
}

/** The known value, or its prefix or suffix, with almost the same spelling. */
function meantBy({ operator, operand }: Condition, values: readonly string[]): string | undefined {
  if (typeof operand === 'boolean') return values.includes(String(operand)) ? String(operand) : undefined
  if (typeof operand !== 'string') return undefined
  const lengths = [0, 1, -1, 2, -2].map((more) => operand.length + more).filter((length) => length > 0)
  const cut = (part: (value: string, length: number) => string) =>
    similarName(operand, new Set(lengths.flatMap((length) => values.map((value) => part(value, length)))))
  if (operator === 'prefix') return cut((value, length) => value.slice(0, length))
  if (operator === 'suffix') return cut((value, length) => value.slice(-length))
  return operator === 'exact' || operator === 'equals-ignore-case' ? similarName(operand, values) : undefined
}

/** Numbers within the bounds, enough to be in any range that overlaps them. */
function points({ operand }: Condition, { from, to }: { from: number; to: number }): JsonScalar[] {
  const bounds = (Array.isArray(operand) ? operand : [operand]).filter((one) => typeof one === 'number')
  const all = [from, to, ...bounds].filter((one) => from <= one && one <= to).toSorted((a, b) => a - b)
  return all.flatMap((one, at) => [one, (one + (all[at + 1] ?? one)) / 2])
}
