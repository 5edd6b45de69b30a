import type { Signal } from '../../rules/events/signal.ts'
import { signalsOfTrace } from './application.ts'
import { isCall, signalsOfCall } from './cloudtrail.ts'
import { type Fields, isFields } from './fields.ts'
import { isInvocation, signalsOfInvocation } from './invocation-log.ts'
import { isSignal, parseSignal } from './schema.ts'
import { type RecordOrigin, recordsInText } from './unpack.ts'

/**
 * The signals in a record of any source: CloudTrail, Bedrock's model invocation log, an application, or an existing
 * signal; bare, as an EventBridge event, or packed as it is delivered. None for records that are not about models.
 * Throws `BadEvent`, which never repeats the record, for an unreadable record.
 */
export function signalsOf(record: unknown): Signal[] {
  const signals: Signal[] = []
  for (const one of recordsInText(record)) signals.push(...read(one.record, one.source))
  return signals
}

function read(record: unknown, origin: RecordOrigin): Signal[] {
  if (!isFields(record)) return signalsOfTrace(record)
  if (isEvent(record)) return fromEvent(record, origin)
  return fromRecord(record, origin)
}

function fromRecord(record: Fields, origin: RecordOrigin): Signal[] {
  if (isCall(record)) return signalsOfCall(record)
  if (isInvocation(record)) return signalsOfInvocation(record, origin)
  if (isSignal(record)) return [parseSignal(record)]
  return signalsOfTrace(record)
}

type DeliveredEvent = Fields & { source: string; detail: Fields }

const isEvent = (record: Fields): record is DeliveredEvent =>
  typeof record['detail-type'] === 'string' && typeof record.source === 'string' && isFields(record.detail)

/** Only AWS can send as `aws.*` and only the stack as `portcullis`: any other source is an application's claim. */
function fromEvent(
  { source, detail, account, region, time }: DeliveredEvent,
  origin: RecordOrigin,
): Signal[] {
  if (source.startsWith('aws.')) return isCall(detail) ? signalsOfCall(detail) : []
  if (source === 'portcullis') return fromRecord(detail, origin)
  const published =
    isSignal(detail) || isCall(detail) || isInvocation(detail) ? detail : { account, region, time, ...detail }
  return fromRecord(published, origin).map((signal) => ({ ...signal, origin: 'application' }))
}
