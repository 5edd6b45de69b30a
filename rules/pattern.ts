/** One condition of an EventBridge pattern. Source: EventBridge User Guide, "Comparison operators". */
export type Operator =
  | { prefix: string | { 'equals-ignore-case': string } }
  | { suffix: string | { 'equals-ignore-case': string } }
  | { wildcard: string }
  | { exists: boolean }
  | { cidr: string }
  | { numeric: readonly (string | number)[] }
  | { 'equals-ignore-case': string }
  | { 'anything-but': AnythingBut }

type AnythingBut =
  | string
  | number
  | readonly (string | number)[]
  | { prefix: string | readonly string[] }
  | { suffix: string | readonly string[] }
  | { wildcard: string | readonly string[] }
  | { 'equals-ignore-case': string | readonly string[] }

type Scalar = string | number | boolean

/** A pattern that fits an event of type `T`: only fields that it has, with values that they can hold. */
export type Pattern<T> = [NonNullable<T>] extends [Scalar]
  ? readonly (NonNullable<T> | Operator | null)[]
  : NonNullable<T> extends readonly (infer Item)[]
    ? Pattern<Item>
    : { readonly [K in keyof T]?: Pattern<T[K]> } & { readonly $or?: readonly Pattern<T>[] }
