import { gunzipSync } from 'node:zlib'
import { parseJson } from '../../lib/parse-json.ts'
import { asFields, asList, at, type Fields, get, isFields } from './fields.ts'
import { unreadable } from './unreadable.ts'

/** Where and when a record was stored, for records without these fields. */
export interface RecordOrigin {
  where?: string
  time?: number
}

/** Stops a gzip bomb, in bytes: ten times the largest file that CloudTrail and Bedrock write. */
const maxUnpackedBytes = 64 * 1024 * 1024

/**
 * The records in a delivery: a payload of a log subscription (packed or not), a message of SQS or Kinesis, a CloudTrail
 * file, text; anything else is itself a record. Throws `BadEvent` for broken packaging.
 * Source: CloudWatch Logs User Guide, "Log group-level subscription filters".
 */
export function* recordsInText(
  delivered: unknown,
  source: RecordOrigin = {},
  depth = 0,
): Generator<{ record: unknown; source: RecordOrigin }> {
  if (depth > 4) throw unreadable('record', 'is nested too deeply', delivered)
  if (typeof delivered === 'string') {
    yield* recordsInText(parsedText(delivered), source, depth + 1)
  } else if (isFields(delivered) && typeof at(delivered, 'awslogs', 'data') === 'string') {
    yield* recordsInText(at(delivered, 'awslogs', 'data'), source, depth + 1)
  } else if (isFields(delivered) && Array.isArray(delivered.logEvents)) {
    yield* logged(delivered, depth)
  } else if (isFields(delivered) && Array.isArray(delivered.Records)) {
    for (const one of delivered.Records)
      yield* recordsInText(messageOf(asFields(one)) ?? one, source, depth + 1)
  } else yield { record: delivered, source }
}

/** The lines of a file in S3, packed or not. Throws `BadEvent` if it is packed and corrupt. */
export const linesIn = (file: Uint8Array): string[] =>
  (isPacked(file) ? unpacked(file) : Buffer.from(file).toString('utf8'))
    .split('\n')
    .filter((line) => line.trim() !== '')

function* logged(payload: Fields, depth: number): Generator<{ record: unknown; source: RecordOrigin }> {
  // Sent once when a subscription is created, to check the destination.
  if (payload.messageType === 'CONTROL_MESSAGE') return
  const where = [payload.logGroup, payload.logStream].filter((one) => typeof one === 'string').join(':')
  for (const event of asList(payload.logEvents)) {
    const { message, timestamp } = asFields(event)
    if (typeof message !== 'string') throw unreadable('logEvents[].message', 'is not a text', message)
    yield* recordsInText(
      message,
      { where, ...(typeof timestamp === 'number' && { time: timestamp }) },
      depth + 1,
    )
  }
}

const messageOf = (message: Fields): unknown =>
  message.eventSource === 'aws:sqs' ? message.body : at(get(message, 'kinesis'), 'data')

function parsedText(text: string): unknown {
  // The first three bytes of every gzip stream, in Base64.
  const packed = text.startsWith('H4sI') ? Buffer.from(text, 'base64') : undefined
  const found = parseJson(packed && isPacked(packed) ? unpacked(packed) : text)
  if (found === undefined) throw unreadable('record', 'is not valid JSON', text)
  return found
}

const isPacked = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

function unpacked(bytes: Uint8Array): string {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxUnpackedBytes }).toString('utf8')
  } catch {
    throw unreadable('record', 'cannot be unpacked', '')
  }
}
