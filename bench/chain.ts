import type { Call } from '../test/tap.ts'

/** The part of a call that says when it was in progress. */
export type Span = Pick<Call, 'action' | 'start' | 'end'>

/**
 * The longest chain of calls of which each starts after the one before has ended: the network's delay counts once per
 * link. Calls that depend on one another are always in it together. Calls that merely did not overlap may be in it too,
 * so measure it where every call is delayed and parallel ones overlap. Pure.
 */
export function chainOf<C extends Span>(calls: readonly C[]): C[] {
  const chain: C[] = []
  // The classic solution for the most disjoint intervals: always take the one that ends first.
  for (const call of calls.toSorted((a, b) => a.end - b.end))
    if (call.start >= (chain.at(-1)?.end ?? 0)) chain.push(call)
  return chain
}

/** The first call that a playbook makes under its write grants. */
export const gateOf = <C extends Span>(calls: readonly C[], writes: object): C | undefined =>
  calls.find(({ action }) => action in writes)

/** The calls that ended, one after the other, before that write began; all where there is no write. Pure. */
export function chainToGate<C extends Span>(calls: readonly C[], writes: object): C[] {
  const gate = gateOf(calls, writes)
  return chainOf(gate ? calls.filter(({ end }) => end <= gate.start) : calls)
}

/** The median; of an even number of values, the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}
