import { BadEvent, retryable } from '../../engine/errors.ts'
import { parseJson } from '../../lib/parse-json.ts'
import { at, type Fields, fieldsOf } from '../signals/fields.ts'
import { type Facts, factsOf } from './facts.ts'
import { linesAt } from './shelf.ts'

/**
 * What a record says, also where its answer was too large for the log and lies in S3: an attack would only need a
 * long answer to go unseen. What cannot be got stays `unread`. Throws what may succeed later.
 */
export async function factsWithin(record: unknown, bucket: string): Promise<Facts> {
  const found = factsOf(record)
  const path = found.facts.map((one) => ('unread' in one ? one.unread : undefined)).find(Boolean)
  const key = path?.startsWith(`s3://${bucket}/`) ? path.slice(`s3://${bucket}/`.length) : undefined
  if (bucket === '' || key === undefined) return found
  const body = await bodyAt(bucket, key)
  return body === undefined ? found : factsOf(withBody(fieldsOf(record), body))
}

async function bodyAt(bucket: string, key: string): Promise<unknown> {
  try {
    return parseJson((await linesAt(bucket, key)).join('\n'))
  } catch (error) {
    if (error instanceof BadEvent || !retryable(error)) return undefined
    throw error
  }
}

const withBody = (record: Fields, outputBodyJson: unknown): Fields => ({
  ...record,
  output: { ...fieldsOf(at(record, 'output')), outputBodyJson },
})
