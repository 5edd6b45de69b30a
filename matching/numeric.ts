import { type Meaning, type PatternRefusal, refusePattern } from './refusal.ts'

const compare = {
  '<': (value: number, bound: number) => value < bound,
  '<=': (value: number, bound: number) => value <= bound,
  '=': (value: number, bound: number) => value === bound,
  '>=': (value: number, bound: number) => value >= bound,
  '>': (value: number, bound: number) => value > bound,
}
type Than = keyof typeof compare

/** `numeric`: one comparison, or a lower bound and then an upper bound above it. */
export function comparison(operand: unknown): Meaning | PatternRefusal {
  if (!Array.isArray(operand)) return refusePattern('E2006', 'numeric takes a list')
  const [than, bound, below, top, ...more] = operand as unknown[]
  if (!isThan(than))
    return refusePattern('E2007', `numeric begins with one of ${Object.keys(compare).join(' ')}`)
  if (typeof bound !== 'number') return refusePattern('E2007', `no number after ${than}`)
  if (operand.length === 2) return onNumber((value) => compare[than](value, bound))
  if (than !== '>' && than !== '>=')
    return refusePattern('E2007', `nothing may follow ${than} and its number`)
  if (below !== '<' && below !== '<=') return refusePattern('E2007', 'the second bound is < or <=')
  if (typeof top !== 'number') return refusePattern('E2007', `no number after ${below}`)
  if (more.length > 0) return refusePattern('E2007', 'more than two bounds')
  if (bound >= top) return refusePattern('E2007', `no number is above ${bound} and below ${top}`)
  return onNumber((value) => compare[than](value, bound) && compare[below](value, top))
}

const isThan = (than: unknown): than is Than => typeof than === 'string' && Object.hasOwn(compare, than)

const onNumber = (test: (value: number) => boolean): Meaning => ({
  compares: 'numbers',
  accepts: (value) => typeof value === 'number' && test(value),
})
