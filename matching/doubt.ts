import type { Kind } from './known.ts'
import type { Condition, Scalar } from './matcher.ts'
import { nearest } from './nearest.ts'

/** Why a condition accepts nothing that stands at its path, and what was probably meant. */
export interface Doubt {
  problem: string
  why: string
  fix?: string
}

/** Whether a condition accepts anything of this kind; where that is not sure, it is not doubted. Pure. */
export function doubt(condition: Condition, kind: Kind): Doubt | undefined {
  // Anything may be null, and most tests for absence are meant.
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
          why: `The values here go from ${kind.from} to ${kind.to}.`,
        }
  return condition.operator !== 'exact' || kind.like.test(String(condition.operand))
    ? undefined
    : {
        problem: `${show(condition)} has another form`,
        why: 'EventBridge compares whole texts.',
        fix: `write it like '${kind.example}'`,
      }
}

const types = { text: 'string', number: 'number', flag: 'boolean' } as const
const words = { string: 'a text', number: 'a number', boolean: 'true or false' }
type Type = keyof typeof words

const noLeaf: Doubt = {
  problem: 'no value stands here, but further fields',
  why: 'EventBridge compares values only, also for exists: an object or a list of objects is none.',
  fix: 'name a field within it',
}

const show = ({ operator, operand }: Condition): string =>
  operator === 'exact' ? JSON.stringify(operand) : `${operator} ${JSON.stringify(operand)}`

const typeOf = ({ operator, operand }: Condition): Type =>
  operator === 'numeric' ? 'number' : operator === 'exact' ? (typeof operand as Type) : 'string'

function otherType(condition: Condition, wanted: Type, held: Type): Doubt {
  const bare = held !== 'string' && typeof condition.operand === 'string' ? condition.operand : undefined
  const fix =
    bare !== undefined
      ? `write ${bare} without "`
      : held === 'string'
        ? `write "${condition.operand}"`
        : undefined
  return {
    problem: `${show(condition)} asks for ${words[wanted]}, and the event has ${words[held]}`,
    why: 'EventBridge compares values with their type: "7" is not 7.',
    ...(fix !== undefined && condition.operator === 'exact' && { fix }),
  }
}

function among(
  condition: Condition,
  { values, open }: { values: readonly string[]; open?: true },
): Doubt | undefined {
  if (condition.compares === 'addresses' || values.some((value) => condition.accepts(value, undefined)))
    return undefined
  const meant = meantBy(condition, values)
  if (open && meant === undefined) return undefined
  return {
    problem: `${show(condition)} is none of its values`,
    why: open
      ? 'EventBridge compares letter by letter, and no value of this spelling is known.'
      : `The values are ${values.join(', ')}.`,
    ...(meant !== undefined && {
      fix: typeof condition.operand === 'boolean' ? `write "${meant}"` : `did you mean '${meant}'?`,
    }),
  }
}

/** The known value, or beginning or end of one, that is spelt almost like this. */
function meantBy({ operator, operand }: Condition, values: readonly string[]): string | undefined {
  if (typeof operand === 'boolean') return values.includes(String(operand)) ? String(operand) : undefined
  if (typeof operand !== 'string') return undefined
  const lengths = [0, 1, -1, 2, -2].map((more) => operand.length + more).filter((length) => length > 0)
  const cut = (part: (value: string, length: number) => string) =>
    nearest(operand, new Set(lengths.flatMap((length) => values.map((value) => part(value, length)))))
  if (operator === 'prefix') return cut((value, length) => value.slice(0, length))
  if (operator === 'suffix') return cut((value, length) => value.slice(-length))
  return operator === 'exact' || operator === 'equals-ignore-case' ? nearest(operand, values) : undefined
}

/** Numbers within the bounds, enough to hit any range that has one there. */
function points({ operand }: Condition, { from, to }: { from: number; to: number }): Scalar[] {
  const bounds = (Array.isArray(operand) ? operand : [operand]).filter((one) => typeof one === 'number')
  const all = [from, to, ...bounds].filter((one) => from <= one && one <= to).toSorted((a, b) => a - b)
  return all.flatMap((one, at) => [one, (one + (all[at + 1] ?? one)) / 2])
}
