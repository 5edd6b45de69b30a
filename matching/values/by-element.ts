import type { ArrayElement, ValueAtPath } from './values.ts'

/** Values, grouped by the array elements that they are in. */
interface ElementGroup {
  values: ValueAtPath[]
  arrays: Map<readonly unknown[], Map<number, ElementGroup>>
}

/** Returns a lookup: the values that do not contradict the chosen elements. */
export function byElement(
  all: readonly ValueAtPath[],
): (chosen: ReadonlyMap<readonly unknown[], number>) => ValueAtPath[] {
  const top: ElementGroup = { values: [], arrays: new Map() }
  const groups = new Map<ArrayElement, ElementGroup>()
  for (const found of all) groupOf(found.within).values.push(found)

  return (chosen) => {
    const [ahead, values] = [[top], [] as ValueAtPath[]]
    for (const group of ahead) {
      for (const value of group.values) values.push(value)
      for (const [array, elements] of group.arrays) {
        const index = chosen.get(array)
        if (index === undefined) for (const element of elements.values()) ahead.push(element)
        else if (elements.has(index)) ahead.push(elements.get(index) as ElementGroup)
      }
    }
    return values
  }

  function groupOf(within: ArrayElement | undefined): ElementGroup {
    if (!within) return top
    const known = groups.get(within)
    if (known) return known
    const { arrays } = groupOf(within.outer)
    const elements = arrays.get(within.array) ?? new Map<number, ElementGroup>()
    arrays.set(within.array, elements)
    const group = elements.get(within.index) ?? { values: [], arrays: new Map() }
    elements.set(within.index, group)
    groups.set(within, group)
    return group
  }
}
