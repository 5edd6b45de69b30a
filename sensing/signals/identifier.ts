import { sha256 } from '../../lib/canonical.ts'

/** What may stand in a signal as it is: the charset AWS's own ids have, and no blank that would let a sentence in. */
const plain = /^[\w.:/@+=,$#-]+$/
const longest = 256
const longestArn = 2048

/** An id that AWS wrote; absent if it is not of the form that AWS writes. */
export const awsId = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= bound(value) && plain.test(value) ? value : undefined

/** An id that an application chose: what may be a text is replaced by its SHA-256, so that it still counts as one. */
export function ownId(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string' || value === '') return undefined
  return value.length <= longest && plain.test(value) ? value : `sha256:${sha256(value)}`
}

/** A word of AWS's vocabulary: `PROMPT_ATTACK`. */
export const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z][\w-]{0,63}$/.test(value) ? value.toUpperCase() : undefined

export const accountId = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{12}$/.test(value) ? value : undefined

export const regionId = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(value) ? value : undefined

const bound = (value: string) => (value.startsWith('arn:') || value.startsWith('s3:') ? longestArn : longest)
