import { gunzipSync } from 'node:zlib'
import { parseJson } from '../../lib/parse-json.ts'
import { at, type Fields, fieldsOf, get, isFields, listOf } from './fields.ts'
import { unreadable } from './unreadable.ts'

/** Where and when a record was found, for records that do not say so themselves. */
export interface Seen {
  where?: string
  time?: number
}

/** A gzip bomb ends here: 64 MiB, ten times the largest file that CloudTrail and Bedrock write. */
const most = 64 * 1024 * 1024

/**
 * The records in what was delivered: a log subscription's payload (packed or open), a message of SQS or Kinesis, a
 * CloudTrail file, text; anything else is a record itself. Throws `BadEvent` where the wrapping is broken.
 * Source: CloudWatch Logs User Guide, "Log group-level subscription filters".
 */
export function* recordsInText(
  delivered: unknown,
  seen: Seen = {},
  depth = 0,
): Generator<{ record: unknown; seen: Seen }> {
  if (depth > 4) throw unreadable('record', 'is wrapped too often', delivered)
  if (typeof delivered === 'string') {
    yield* recordsInText(parsedText(delivered), seen, depth + 1)
  } else if (isFields(delivered) && typeof at(delivered, 'awslogs', 'data') === 'string') {
    yield* recordsInText(at(delivered, 'awslogs', 'data'), seen, depth + 1)
  } else if (isFields(delivered) && Array.isArray(delivered.logEvents)) {
    yield* logged(delivered, depth)
  } else if (isFields(delivered) && Array.isArray(delivered.Records)) {
    for (const one of delivered.Records)
      yield* recordsInText(messageOf(fieldsOf(one)) ?? one, seen, depth + 1)
  } else yield { record: delivered, seen }
}

/** The lines of a file as it lies in S3, packed or not. Throws `BadEvent` if it is packed and broken. */
export const linesIn = (file: Uint8Array): string[] =>
  (isPacked(file) ? opened(file) : Buffer.from(file).toString('utf8'))
    .split('\n')
    .filter((line) => line.trim() !== '')

function* logged(payload: Fields, depth: number): Generator<{ record: unknown; seen: Seen }> {
  // Sent once when a subscription is made, to see whether anybody is there.
  if (payload.messageType === 'CONTROL_MESSAGE') return
  const where = [payload.logGroup, payload.logStream].filter((one) => typeof one === 'string').join(':')
  for (const event of listOf(payload.logEvents)) {
    const { message, timestamp } = fieldsOf(event)
    if (typeof message !== 'string') throw unreadable('logEvents[].message', 'is no text', message)
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
  // How the first three bytes of every gzip stream look in Base64.
  const packed = text.startsWith('H4sI') ? Buffer.from(text, 'base64') : undefined
  const found = parseJson(packed && isPacked(packed) ? opened(packed) : text)
  if (found === undefined) throw unreadable('record', 'is no JSON', text)
  return found
}

const isPacked = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

function opened(bytes: Uint8Array): string {
  try {
    return gunzipSync(bytes, { maxOutputLength: most }).toString('utf8')
  } catch {
    throw unreadable('record', 'cannot be unpacked', '')
  }
}
