import { hash } from 'node:crypto'

/**
 * JSON with sorted keys: the same text for the same data, whatever the order of its keys (arrays keep theirs).
 *
 * Not RFC 8785 (npm `canonicalize`): JavaScript lists keys that look like integers first and in numeric order, so our
 * text differs for such keys, as in `{ "10": …, "9": … }`. The hashes of plans, orders and baselines that are stored
 * or signed were made from this text, so it must not change.
 */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner) => (isObject(inner) ? sorted(inner) : inner)) ?? 'undefined'

/** SHA-256 of texts in this order, as 64 hexadecimal digits. */
export const digest = (...texts: string[]): string => sha256(JSON.stringify(texts))

/** SHA-256 of a text, as 64 hexadecimal digits. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex')

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const sorted = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
