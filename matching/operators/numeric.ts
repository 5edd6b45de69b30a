import { type ConditionTest, type PatternRefusal, refusePattern } from '../read/refusal.ts'

const compare = {
  '<': (value: number, bound: number) => value < bound,
  '<=': (value: number, bound: number) => value <= bound,
  '=': (value: number, bound: number) => value === bound,
  '>=': (value: number, bound: number) => value >= bound,
  '>': (value: number, bound: number) => value > bound,
}
type Than = keyof typeof compare

/** `numeric`: one comparison, or a lower bound followed by a higher upper bound. */
export function comparison(operand: unknown): ConditionTest | PatternRefusal {
  if (!Array.isArray(operand)) return refusePattern('E2006', 'numeric takes a list')
  const [than, bound, below, top, ...more] = operand as unknown[]
  if (!isThan(than))
    return refusePattern('E2007', `numeric must begin with one of ${Object.keys(compare).join(' ')}`)
  if (typeof bound !== 'number') return refusePattern('E2007', `a number must follow ${than}`)
  if (operand.length === 2) return onNumber((value) => compare[than](value, bound))
  if (than !== '>' && than !== '>=')
    return refusePattern('E2007', `${than} cannot be followed by a second bound`)
  if (below !== '<' && below !== '<=') return refusePattern('E2007', 'the second bound must be < or <=')
  if (typeof top !== 'number') return refusePattern('E2007', `a number must follow ${below}`)
  if (more.length > 0) return refusePattern('E2007', 'there are more than two bounds')
  if (bound >= top)
    return refusePattern('E2007', `the lower bound ${bound} is not below the upper bound ${top}`)
  return onNumber((value) => compare[than](value, bound) && compare[below](value, top))
}

const isThan = (than: unknown): than is Than => typeof than === 'string' && Object.hasOwn(compare, than)

const onNumber = (test: (value: number) => boolean): ConditionTest => ({
  compares: 'numbers',
  accepts: (value) => typeof value === 'number' && test(value),
})
