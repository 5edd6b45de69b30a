import * as z from 'zod'
import { parseJson } from '../../lib/parse-json.ts'
import { unreadable } from '../signals/unreadable.ts'
import { type Facts, factsOf, together } from './facts.ts'
import { type BrokenRecord, factsOfLines } from './records.ts'
import { linesAt } from './shelf.ts'

/** Source: Amazon S3 User Guide, "EventBridge event message structure". */
const created = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string() }),
  }),
})

/** Bodies that were too large for a record, and the proof that Bedrock may write: no records. */
const noRecords = /\/data\/|permission-check/

/** What one message of the queue says: an event, or all the records of the object that it tells of. */
export async function factsOfMessage(
  body: string,
  bucket: string,
): Promise<{ said: Facts; broken: BrokenRecord[] }> {
  const event = parseJson(body)
  if (event === undefined) throw unreadable('message', 'is no JSON', body)
  const object = created.safeParse(event)
  if (!object.success) return { said: factsOf(event), broken: [] }
  const { name } = object.data.detail.bucket
  const { key } = object.data.detail.object
  if (name !== bucket || noRecords.test(key)) return { said: together([]), broken: [] }
  const where = `s3://${name}/${key}`
  const lines = await linesAt(name, key)
  return factsOfLines(
    lines.map((text, index) => ({ text, where, id: `line ${index + 1}`, isBedrocks: true })),
    bucket,
  )
}
