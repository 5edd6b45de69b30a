import type { Field, Scalar } from './matcher.ts'

/** The element of an array within which a value stands, and the elements round that. */
export interface ArrayElement {
  array: readonly unknown[]
  index: number
  outer: ArrayElement | undefined
  depth: number
}

/** A value at a field's path. An array's own values stand within no element of it. */
export interface FoundValue {
  value: Scalar
  within: ArrayElement | undefined
}

/** EventBridge's parser refuses what is nested deeper. Source: Jackson, `StreamReadConstraints`. */
const deepest = 1000

/** Every value at a field's path: arrays on the way stand for each of their elements. Never throws. */
export function valuesAt(event: unknown, { keys }: Pick<Field, 'keys'>): FoundValue[] {
  const found: FoundValue[] = []
  const ahead: { node: unknown; from: number; within: ArrayElement | undefined }[] = [
    { node: event, from: 0, within: undefined },
  ]
  // The list grows while it is gone through: no recursion, however deep the event.
  for (const { node, from, within } of ahead) {
    if (Array.isArray(node)) elements(node, from, within)
    else if (typeof node === 'object' && node !== null) {
      for (const [key, next] of keys[from] ?? []) {
        const value = (node as Record<string, unknown>)[key]
        if (value !== undefined && Object.hasOwn(node, key)) ahead.push({ node: value, from: next, within })
      }
    } else if (from === keys.length) found.push({ value: node as Scalar, within })
  }
  return found

  function elements(array: readonly unknown[], from: number, within: ArrayElement | undefined) {
    const depth = (within?.depth ?? 0) + 1
    for (const [index, node] of array.entries())
      if (typeof node !== 'object' || node === null) {
        if (from === keys.length) found.push({ value: node as Scalar, within })
      } else if (depth <= deepest) ahead.push({ node, from, within: { array, index, outer: within, depth } })
  }
}
