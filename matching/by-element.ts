import type { ArrayElement, FoundValue } from './values.ts'

/** Values as they stand within elements of arrays. */
interface Shelf {
  values: FoundValue[]
  arrays: Map<readonly unknown[], Map<number, Shelf>>
}

/** Values to be looked up by the elements that they must stand within: all that are at odds with none of them. */
export function byElement(
  all: readonly FoundValue[],
): (chosen: ReadonlyMap<readonly unknown[], number>) => FoundValue[] {
  const top: Shelf = { values: [], arrays: new Map() }
  const shelves = new Map<ArrayElement, Shelf>()
  for (const found of all) shelfOf(found.within).values.push(found)

  return (chosen) => {
    const [ahead, values] = [[top], [] as FoundValue[]]
    for (const shelf of ahead) {
      for (const value of shelf.values) values.push(value)
      for (const [array, elements] of shelf.arrays) {
        const index = chosen.get(array)
        if (index === undefined) for (const element of elements.values()) ahead.push(element)
        else if (elements.has(index)) ahead.push(elements.get(index) as Shelf)
      }
    }
    return values
  }

  function shelfOf(within: ArrayElement | undefined): Shelf {
    if (!within) return top
    const known = shelves.get(within)
    if (known) return known
    const { arrays } = shelfOf(within.outer)
    const elements = arrays.get(within.array) ?? new Map<number, Shelf>()
    arrays.set(within.array, elements)
    const shelf = elements.get(within.index) ?? { values: [], arrays: new Map() }
    elements.set(within.index, shelf)
    shelves.set(within, shelf)
    return shelf
  }
}
