import * as z from 'zod'
import { parseJson } from '../../lib/parse-json.ts'
import { unreadable } from '../signals/unreadable.ts'
import { type ExtractedFacts, factsOf, mergeFacts } from './facts.ts'
import { linesOfObject } from './object-lines.ts'
import { type BrokenRecord, factsOfLines } from './records.ts'

/** Source: Amazon S3 User Guide, "EventBridge event message structure". */
const objectCreated = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string() }),
  }),
})

/** Objects without records: bodies that were too large for a record, and the proof of write permission. */
const withoutRecords = /\/data\/|permission-check/

/** The facts in one message of the queue: an event, or all records of the S3 object that the event reports. */
export async function factsOfMessage(
  body: string,
  bucket: string,
): Promise<{ extracted: ExtractedFacts; broken: BrokenRecord[] }> {
  const event = parseJson(body)
  if (event === undefined) throw unreadable('message', 'is not valid JSON', body)
  const object = objectCreated.safeParse(event)
  if (!object.success) return { extracted: factsOf(event), broken: [] }
  const { name } = object.data.detail.bucket
  const { key } = object.data.detail.object
  if (name !== bucket || withoutRecords.test(key)) return { extracted: mergeFacts([]), broken: [] }
  const where = `s3://${name}/${key}`
  const lines = await linesOfObject(name, key)
  return factsOfLines(
    lines.map((text, index) => ({ text, where, id: `line ${index + 1}`, fromBedrock: true })),
    bucket,
  )
}
