import type { Branch, Condition, FieldTest, PatternLocation } from '../matcher.ts'
import type { PatternFault } from '../pattern-error.ts'
import { readCondition } from './condition.ts'
import { fieldOf } from './field.ts'
import { refusePattern } from './refusal.ts'
import { reserved } from './reserved.ts'

/** Source: EventBridge User Guide, "OR matching" (combinations); Jackson, `StreamReadConstraints` (nesting). */
const limits = { combinations: 999, nesting: 1000, fields: 1000 }

/** A pattern as EventBridge interprets it. */
export interface PatternReading {
  /** Empty if there are faults. */
  branches: Branch[]
  /** What EventBridge rejects, in the order of the pattern. */
  faults: PatternFault[]
  /** Fields that a later one with the same path replaces. */
  replaced: FieldTest[]
}

type Ways = Map<string, FieldTest>[]

/** Reads the whole pattern and reports all faults. Never throws. */
export function readPattern(pattern: unknown): PatternReading {
  const [faults, replaced] = [[] as PatternFault[], new Set<FieldTest>()]
  let fields = 0
  const refused = (fault: PatternFault) => void faults.push(fault)
  let ways: Ways = []
  if (isObject(pattern)) ways = object(pattern, [], [], [new Map()], false)
  else refused({ ...refusePattern('E2002', 'a pattern must be an object'), at: [] })
  return { branches: faults.length > 0 ? [] : ways.map(branchOf), faults, replaced: [...replaced] }

  function object(it: object, steps: string[], at: PatternLocation, ways: Ways, inOr: boolean): Ways {
    const entries = Object.entries(it)
    if (entries.length === 0) refused({ ...refusePattern('E2003', 'an empty object'), at })
    if (at.length > limits.nesting) return tooLarge(at, `more than ${limits.nesting} levels`)
    return entries.reduce((ways, [key, value]) => {
      const here = [...at, key]
      if (key === '$or') return or(value, steps, here, ways)
      if (inOr && reserved.has(key))
        refused({ ...refusePattern('E2010', `a field named ${key} within $or`), at: here })
      if (Array.isArray(value)) return list(value, [...steps, key], here, ways)
      if (isObject(value)) return object(value, [...steps, key], here, ways, inOr)
      refused({ ...refusePattern('E2004', 'a value without a list', `[${JSON.stringify(value)}]`), at: here })
      return ways
    }, ways)
  }

  function or(value: unknown, steps: string[], at: PatternLocation, ways: Ways): Ways {
    if (!Array.isArray(value) || value.length < 2) {
      refused({ ...refusePattern('E2010', 'fewer than two alternatives'), at })
      return ways
    }
    if (ways.length * value.length > limits.combinations)
      return tooLarge(at, `more than ${limits.combinations} combinations of $or`)
    return value.flatMap((one: unknown, index) => {
      if (isObject(one))
        return object(
          one,
          steps,
          [...at, index],
          ways.map((way) => new Map(way)),
          true,
        )
      refused({ ...refusePattern('E2010', 'an alternative that is not an object'), at: [...at, index] })
      return []
    })
  }

  function list(value: unknown[], steps: string[], at: PatternLocation, ways: Ways): Ways {
    if (value.length === 0) refused({ ...refusePattern('E2003', 'an empty list'), at })
    if (++fields > limits.fields) return tooLarge(at, `more than ${limits.fields} fields`)
    const conditions: Condition[] = []
    for (const [index, entry] of value.entries()) {
      const read = readCondition(entry, [...at, index])
      if ('code' in read) refused(read)
      else conditions.push(read)
    }
    const field = fieldOf(steps, conditions, at)
    for (const way of ways) {
      const earlier = way.get(field.path)
      if (earlier) replaced.add(earlier)
      way.set(field.path, field)
    }
    return ways
  }

  // Reported once: without branches, the rest of the pattern cannot add more.
  function tooLarge(at: PatternLocation, problem: string): Ways {
    if (!faults.some(({ code }) => code === 'E2012')) refused({ ...refusePattern('E2012', problem), at })
    return []
  }
}

function branchOf(way: Map<string, FieldTest>): Branch {
  const fields = [...way.values()]
  // Sorted by UTF-16 units, as in the engine, which decides in this order whether a field is absent.
  return { fields, sorted: fields.toSorted((a, b) => (a.path < b.path ? -1 : 1)) }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
