import { BadEvent, retryable } from '../../engine/errors.ts'
import { parseJson } from '../../lib/parse-json.ts'
import { asFields, at, type Fields } from '../signals/fields.ts'
import { type ExtractedFacts, factsOf } from './facts.ts'
import { linesOfObject } from './object-lines.ts'

/**
 * The facts in a record, including an answer that was too large for the log and is stored in S3: otherwise a long
 * answer would hide an attack. A body that cannot be read stays `unread`. Throws errors that are worth a retry.
 */
export async function factsWithOverflowBody(record: unknown, bucket: string): Promise<ExtractedFacts> {
  const found = factsOf(record)
  const path = found.facts.map((one) => ('unread' in one ? one.unread : undefined)).find(Boolean)
  const key = path?.startsWith(`s3://${bucket}/`) ? path.slice(`s3://${bucket}/`.length) : undefined
  if (bucket === '' || key === undefined) return found
  const body = await bodyAt(bucket, key)
  return body === undefined ? found : factsOf(withBody(asFields(record), body))
}

async function bodyAt(bucket: string, key: string): Promise<unknown> {
  try {
    return parseJson((await linesOfObject(bucket, key)).join('\n'))
  } catch (error) {
    if (error instanceof BadEvent || !retryable(error)) return undefined
    throw error
  }
}

const withBody = (record: Fields, outputBodyJson: unknown): Fields => ({
  ...record,
  output: { ...asFields(at(record, 'output')), outputBodyJson },
})
