import { sha256 } from '../../lib/canonical.ts'
import type { TextDigest } from '../../rules/events/signal.ts'
import { isFields } from './fields.ts'

/** What a signal contains of a text; undefined for an empty one. */
export const textDigest = (text: string): TextDigest | undefined =>
  text === '' ? undefined : { sha256: sha256(text), length: text.length }

/** The id of a signal: always the same for one record. */
export const signalId = (...parts: (string | undefined)[]): string =>
  sha256(JSON.stringify(parts)).slice(0, 32)

/** The SHA-256 of a value, independent of the order of its keys. Ignores values nested deeper than any AWS answer. */
export const contentId = (value: unknown): string => sha256(serialized(value, 0))

const maxDepth = 40

function serialized(value: unknown, depth: number): string {
  if (depth > maxDepth) return '…'
  if (Array.isArray(value)) return `[${value.map((one) => serialized(one, depth + 1)).join(',')}]`
  if (!isFields(value)) return JSON.stringify(value) ?? 'null'
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${serialized(value[key], depth + 1)}`).join(',')}}`
}
