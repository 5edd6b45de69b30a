import { parseJson } from '../../lib/parse-json.ts'
import { asFields, asList, at, numberAt, textAt } from '../signals/fields.ts'
import { linesIn } from '../signals/unpack.ts'
import type { IntakeLine } from './records.ts'

/** Whether the input is a batch of a CloudWatch Logs subscription. */
export const isLogBatch = (input: unknown): boolean => typeof at(input, 'awslogs', 'data') === 'string'

/**
 * The records of a batch; none for the control message that checks the destination. A batch that cannot be unpacked is
 * one unreadable record. Source: CloudWatch Logs User Guide, "Subscription filters with AWS Lambda".
 */
export function linesOfLogBatch(input: unknown): IntakeLine[] {
  const data = String(at(input, 'awslogs', 'data'))
  const payload = asFields(unpacked(data))
  if (payload.messageType === 'CONTROL_MESSAGE') return []
  if (!Array.isArray(payload.logEvents))
    return [{ text: data, where: 'a log subscription', id: 'whole', fromBedrock: false }]
  const where = [payload.logGroup, payload.logStream].filter((one) => typeof one === 'string').join(':')
  return asList(payload.logEvents).map((one) => {
    const event = asFields(one)
    const time = numberAt(event, 'timestamp')
    return {
      text: textAt(event, 'message') ?? '',
      where,
      id: textAt(event, 'id') ?? '',
      fromBedrock: payload.logStream === bedrockStream,
      ...(time !== undefined && time < maxTime && { time: new Date(time).toISOString() }),
    }
  })
}

/** Source: Bedrock User Guide, "Set up CloudWatch Logs destination": its role can write to this stream only. */
const bedrockStream = 'aws/bedrock/modelinvocations'

/** ISO 8601 ends with the year 9999. */
const maxTime = Date.UTC(10_000, 0)

function unpacked(data: string): unknown {
  try {
    return parseJson(linesIn(Buffer.from(data, 'base64')).join('\n'))
  } catch {
    return undefined
  }
}
