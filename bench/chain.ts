import type { Call } from '../test/tap.ts'

/** What of a call tells when it was under way. */
export type Span = Pick<Call, 'action' | 'start' | 'end'>

/**
 * The longest chain of calls of which each starts after the one before has ended: what the network's delay is
 * paid for, once a link. Calls that depend on one another are always in it together; calls that merely did not
 * overlap may be too, so it is taken where every call is delayed and parallel ones do overlap. Pure.
 */
export function chainOf<C extends Span>(calls: readonly C[]): C[] {
  const chain: C[] = []
  // Taking what ends first leaves most room for the rest: the classic choice of the most disjoint intervals.
  for (const call of calls.toSorted((a, b) => a.end - b.end))
    if (call.start >= (chain.at(-1)?.end ?? 0)) chain.push(call)
  return chain
}

/** The gate: the first call that a playbook makes under its writing grants. */
export const gateOf = <C extends Span>(calls: readonly C[], writes: object): C | undefined =>
  calls.find(({ action }) => action in writes)

/** The calls that had to end, one after the other, before that write began; all, if there is none. Pure. */
export function chainToGate<C extends Span>(calls: readonly C[], writes: object): C[] {
  const gate = gateOf(calls, writes)
  return chainOf(gate ? calls.filter(({ end }) => end <= gate.start) : calls)
}

/** The middle of a row of measurements, between the two middle ones of an even row. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}
