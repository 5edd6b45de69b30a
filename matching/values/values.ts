import type { FieldTest, JsonScalar } from '../matcher.ts'

/** The array element that a value is in, and the elements around it. */
export interface ArrayElement {
  array: readonly unknown[]
  index: number
  outer: ArrayElement | undefined
  depth: number
}

/** A value at a field's path. The scalars of an array itself are not in an element of it. */
export interface ValueAtPath {
  value: JsonScalar
  within: ArrayElement | undefined
}

/** The nesting that EventBridge's parser accepts. Source: Jackson, `StreamReadConstraints`. */
const maxDepth = 1000

/** Every value at a field's path, through each element of the arrays on the way. Never throws. */
export function valuesAt(event: unknown, { keys }: Pick<FieldTest, 'keys'>): ValueAtPath[] {
  const found: ValueAtPath[] = []
  const ahead: { node: unknown; from: number; within: ArrayElement | undefined }[] = [
    { node: event, from: 0, within: undefined },
  ]
  // The list grows during the iteration: no recursion, however deep the event is.
  for (const { node, from, within } of ahead) {
    if (Array.isArray(node)) elements(node, from, within)
    else if (typeof node === 'object' && node !== null) {
      for (const [key, next] of keys[from] ?? []) {
        const value = (node as Record<string, unknown>)[key]
        if (value !== undefined && Object.hasOwn(node, key)) ahead.push({ node: value, from: next, within })
      }
    } else if (from === keys.length) found.push({ value: node as JsonScalar, within })
  }
  return found

  function elements(array: readonly unknown[], from: number, within: ArrayElement | undefined) {
    const depth = (within?.depth ?? 0) + 1
    for (const [index, node] of array.entries())
      if (typeof node !== 'object' || node === null) {
        if (from === keys.length) found.push({ value: node as JsonScalar, within })
      } else if (depth <= maxDepth) ahead.push({ node, from, within: { array, index, outer: within, depth } })
  }
}
