import { byElement } from './by-element.ts'
import type { ArrayElement, ValueAtPath } from './values.ts'

/** The values at the path of a field, and those that it accepts. */
export interface FieldSearch {
  absent: boolean
  found: ValueAtPath[]
  fitting: ValueAtPath[]
}

type List = readonly unknown[]

/** The element of each array that all fields must be in, as far as it is chosen. */
type Chosen = ReadonlyMap<List, number>

/**
 * Whether the fields can hold together: no two of them in different elements of the same array. A field is absent if
 * it has no value in the elements that are chosen for the fields before it.
 * Source: aws/event-ruler, ACFinder and ArrayMembership.
 */
export function consistent(searches: readonly FieldSearch[]): boolean {
  const later = arraysFrom(searches)
  const fitting = searches.map((one) => byElement(one.fitting))
  const found = searches.map((one) => byElement(one.absent ? one.found : []))
  const nameOf = naming()
  const failed = new Set<string>()
  return from(0, new Map())

  function from(at: number, chosen: Chosen): boolean {
    const one = searches[at]
    if (!one) return true
    // An equal choice of relevant elements has failed before and would fail again.
    const state = `${at}|${nameOf(chosen)}`
    if (failed.has(state)) return false
    failed.add(state)
    const relevant = later[at + 1] ?? new Set()
    const tried = new Set<ArrayElement | undefined>()
    for (const { within } of fitting[at]?.(chosen) ?? []) {
      if (tried.has(within)) continue
      tried.add(within)
      if (from(at + 1, joined(chosen, within, relevant))) return true
    }
    if (!one.absent || found[at]?.(chosen).length) return false
    return from(at + 1, joined(chosen, undefined, relevant))
  }
}

/** For each field, the arrays that it and the later fields are in: choices in other arrays are not relevant. */
function arraysFrom(searches: readonly FieldSearch[]): Set<List>[] {
  const all: Set<List>[] = [new Set()]
  for (const { found } of searches.toReversed()) {
    const arrays = new Set(all[0])
    const seen = new Set<ArrayElement>()
    for (const { within } of found)
      for (let at = within; at && !seen.has(at); at = at.outer) {
        seen.add(at)
        arrays.add(at.array)
      }
    all.unshift(arrays)
  }
  return all
}

function joined(chosen: Chosen, within: ArrayElement | undefined, relevant: ReadonlySet<List>): Chosen {
  const next = new Map<List, number>()
  for (const [array, index] of chosen) if (relevant.has(array)) next.set(array, index)
  for (let at = within; at; at = at.outer) if (relevant.has(at.array)) next.set(at.array, at.index)
  return next
}

function naming(): (chosen: Chosen) => string {
  const names = new Map<List, number>()
  return (chosen) => {
    const parts = [...chosen].map(([array, index]) => {
      const name = names.get(array) ?? names.size
      names.set(array, name)
      return `${name}:${index}`
    })
    return parts.sort().join()
  }
}
