import { sha256 } from '../../lib/canonical.ts'

/** The characters of AWS's own ids. Without blanks, a value cannot be a sentence. */
const idCharacters = /^[\w.:/@+=,$#-]+$/
const maxLength = 256
const maxArnLength = 2048

/** An id that AWS wrote; undefined if it has another form. */
export const awsId = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= maxLengthOf(value) && idCharacters.test(value)
    ? value
    : undefined

/** An id that an application chose. A value that may be a text is replaced by its SHA-256, which still identifies it. */
export function applicationId(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string' || value === '') return undefined
  return value.length <= maxLength && idCharacters.test(value) ? value : `sha256:${sha256(value)}`
}

/** A word of AWS's vocabulary: `PROMPT_ATTACK`. */
export const vocabularyWord = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z][\w-]{0,63}$/.test(value) ? value.toUpperCase() : undefined

export const accountId = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{12}$/.test(value) ? value : undefined

export const regionId = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(value) ? value : undefined

const maxLengthOf = (value: string) =>
  value.startsWith('arn:') || value.startsWith('s3:') ? maxArnLength : maxLength
