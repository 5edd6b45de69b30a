import { parseJson } from '../../lib/parse-json.ts'
import { at, fieldsOf, listOf, numberAt, textAt } from '../signals/fields.ts'
import { linesIn } from '../signals/unpack.ts'
import type { IntakeLine } from './records.ts'

/** Whether it comes from a log subscription. */
export const isLogBatch = (input: unknown): boolean => typeof at(input, 'awslogs', 'data') === 'string'

/**
 * The records of a log subscription's batch; none of the message that only asks whether anybody is there; what is
 * broken as a whole is one record that nobody can read. Source: CloudWatch Logs User Guide, "Subscription filters with AWS Lambda".
 */
export function linesOfLog(input: unknown): IntakeLine[] {
  const data = String(at(input, 'awslogs', 'data'))
  const payload = fieldsOf(opened(data))
  if (payload.messageType === 'CONTROL_MESSAGE') return []
  if (!Array.isArray(payload.logEvents))
    return [{ text: data, where: 'a log subscription', id: 'whole', isBedrocks: false }]
  const where = [payload.logGroup, payload.logStream].filter((one) => typeof one === 'string').join(':')
  return listOf(payload.logEvents).map((one) => {
    const event = fieldsOf(one)
    const time = numberAt(event, 'timestamp')
    return {
      text: textAt(event, 'message') ?? '',
      where,
      id: textAt(event, 'id') ?? '',
      isBedrocks: payload.logStream === modelInvocations,
      ...(time !== undefined && time < latest && { time: new Date(time).toISOString() }),
    }
  })
}

/** Source: Bedrock User Guide, "Set up CloudWatch Logs destination": the role may write to this stream only. */
const modelInvocations = 'aws/bedrock/modelinvocations'

/** Beyond the year 9999 a time is none. */
const latest = Date.UTC(10_000, 0)

function opened(data: string): unknown {
  try {
    return parseJson(linesIn(Buffer.from(data, 'base64')).join('\n'))
  } catch {
    return undefined
  }
}
