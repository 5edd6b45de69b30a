/** What stands at the end of a path in an event; objects and arrays never do. */
export type Scalar = string | number | boolean | null

/** Where something stands in a pattern: keys and indices from the top. */
export type Location = readonly (string | number)[]

/** One alternative of a field: a value or an operator with its operand. */
export interface Condition {
  /** `exact` for a plain value, else EventBridge's own name. */
  operator: string
  operand: unknown
  /** `address` is given instead where the field compares addresses and the value is one. */
  accepts(value: Scalar, address: string | undefined): boolean
  /** It makes the whole field compare numbers, or addresses. */
  compares?: 'numbers' | 'addresses'
  at: Location
}

/** A path and the alternatives for what stands there: one must hold. */
export interface Field {
  /** The keys joined by dots, as EventBridge names it. */
  path: string
  /** For each step of the path: the keys that may come next, and the step after them. */
  keys: readonly (readonly (readonly [key: string, next: number])[])[]
  conditions: readonly Condition[]
  /** Only these texts will do; nothing where other conditions stand beside or instead. */
  texts: ReadonlySet<string> | undefined
  /** Nothing at the path will do as well. */
  absent: boolean
  accepts(value: Scalar): boolean
  at: Location
}

/** One way to match: every field must hold. */
export interface Branch {
  /** As written in the pattern. */
  fields: readonly Field[]
  /** In the order in which EventBridge looks at them. */
  sorted: readonly Field[]
}

/** A pattern, ready to match: `$or` is multiplied out, and one branch must hold. */
export interface Matcher {
  branches: readonly Branch[]
}
