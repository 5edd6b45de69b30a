/** A value of an event that patterns can compare: not an object or a list. */
export type JsonScalar = string | number | boolean | null

/** A place in a pattern: keys and indexes from the root. */
export type PatternLocation = readonly (string | number)[]

/** One alternative of a field: a value or an operator with its operand. */
export interface Condition {
  /** `exact` for a plain value, else EventBridge's name of the operator. */
  operator: string
  operand: unknown
  /** `address` is set if the field compares addresses and the value is one. */
  accepts(value: JsonScalar, address: string | undefined): boolean
  /** Makes the whole field compare numbers or addresses. */
  compares?: 'numbers' | 'addresses'
  at: PatternLocation
}

/** A path and the alternatives for its value, of which one must hold. */
export interface FieldTest {
  /** The keys, joined by dots. */
  path: string
  /** For each step of the path: the keys that may follow, and the step after each. */
  keys: readonly (readonly (readonly [key: string, next: number])[])[]
  conditions: readonly Condition[]
  /** The accepted texts; undefined if there are other conditions too. */
  texts: ReadonlySet<string> | undefined
  /** A missing value is accepted too. */
  absent: boolean
  accepts(value: JsonScalar): boolean
  at: PatternLocation
}

/** One combination of alternatives: every field must hold. */
export interface Branch {
  /** In the order of the pattern. */
  fields: readonly FieldTest[]
  /** In the order in which EventBridge evaluates them. */
  sorted: readonly FieldTest[]
}

/** A compiled pattern: `$or` is expanded into branches, of which one must hold. */
export interface Matcher {
  branches: readonly Branch[]
}
