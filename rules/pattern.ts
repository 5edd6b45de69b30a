type Text =
  | { prefix: string | { 'equals-ignore-case': string } }
  | { suffix: string | { 'equals-ignore-case': string } }
  | { wildcard: string }
  | { cidr: string }
  | { 'equals-ignore-case': string }
  | {
      'anything-but': {
        [M in 'prefix' | 'suffix' | 'wildcard' | 'equals-ignore-case']?: string | readonly string[]
      }
    }

type Than = '<' | '<=' | '=' | '>=' | '>'
type Amount = { numeric: readonly [Than, number] | readonly [Than, number, Than, number] }

/** One condition on a value of type `V`. Source: EventBridge User Guide, "Comparison operators". */
// In brackets, so that a union of texts is one kind of value and not one pattern for each.
export type Operator<V> =
  | { exists: boolean }
  | ([V] extends [string] ? Text : [V] extends [number] ? Amount : never)
  | ([V] extends [boolean] ? never : { 'anything-but': V | readonly V[] })

type Scalar = string | number | boolean

type Values<V> = readonly (V | Operator<V> | null)[]

/** A pattern that fits an event of type `T`: only fields that it has, with values that they can hold. */
export type Pattern<T> = [NonNullable<T>] extends [Scalar]
  ? Values<NonNullable<T>>
  : NonNullable<T> extends readonly (infer Item)[]
    ? Pattern<Item>
    : Fields<NonNullable<T>>

/** `$or` is beside the fields that every alternative requires. */
type Fields<T> = { readonly [K in keyof T]?: Pattern<T[K]> } & {
  readonly $or?: readonly [Fields<T>, Fields<T>, ...Fields<T>[]]
}
