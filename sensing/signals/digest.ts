import { sha256 } from '../../lib/canonical.ts'
import type { TextDigest } from '../../rules/events/signal.ts'
import { isFields } from './fields.ts'

/** What a signal says of a text. Nothing of no text. */
export const textDigest = (text: string): TextDigest | undefined =>
  text === '' ? undefined : { sha256: sha256(text), length: text.length }

/** A signal's id: of one record always the same. */
export const signalId = (...parts: (string | undefined)[]): string =>
  sha256(JSON.stringify(parts)).slice(0, 32)

/** The SHA-256 of a value, whatever the order of its keys; what lies deeper than any answer of AWS is not looked at. */
export const contentId = (value: unknown): string => sha256(written(value, 0))

const deepest = 40

function written(value: unknown, depth: number): string {
  if (depth > deepest) return '…'
  if (Array.isArray(value)) return `[${value.map((one) => written(one, depth + 1)).join(',')}]`
  if (!isFields(value)) return JSON.stringify(value) ?? 'null'
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${written(value[key], depth + 1)}`).join(',')}}`
}
