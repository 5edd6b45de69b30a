import type { Signal } from '../../rules/events/signal.ts'
import { signalsOfTrace } from './application.ts'
import { isCall, signalsOfCall } from './cloudtrail.ts'
import { type Fields, isFields } from './fields.ts'
import { isInvocation, signalsOfInvocation } from './invocation-log.ts'
import { isSignal, parseSignal } from './schema.ts'
import { recordsInText, type Seen } from './unpack.ts'

/**
 * The signals in a record of any source: CloudTrail, Bedrock's model invocation log, what an application publishes, a
 * signal of our own; bare, as an EventBridge event, or packed as its carrier delivers it. None if it says nothing of models.
 * Throws `BadEvent`, which never repeats the record, for what cannot be read.
 */
export function signalsOf(record: unknown): Signal[] {
  const signals: Signal[] = []
  for (const one of recordsInText(record)) signals.push(...read(one.record, one.seen))
  return signals
}

function read(record: unknown, seen: Seen): Signal[] {
  if (!isFields(record)) return signalsOfTrace(record)
  if (isEvent(record)) return delivered(record, seen)
  return bare(record, seen)
}

function bare(record: Fields, seen: Seen): Signal[] {
  if (isCall(record)) return signalsOfCall(record)
  if (isInvocation(record)) return signalsOfInvocation(record, seen)
  if (isSignal(record)) return [parseSignal(record)]
  return signalsOfTrace(record)
}

type Delivered = Fields & { source: string; detail: Fields }

const isEvent = (record: Fields): record is Delivered =>
  typeof record['detail-type'] === 'string' && typeof record.source === 'string' && isFields(record.detail)

/** Only AWS can send as `aws.*` and only the stack as `portcullis`: what others send is the application's claim. */
function delivered({ source, detail, account, region, time }: Delivered, seen: Seen): Signal[] {
  if (source.startsWith('aws.')) return isCall(detail) ? signalsOfCall(detail) : []
  if (source === 'portcullis') return bare(detail, seen)
  const said =
    isSignal(detail) || isCall(detail) || isInvocation(detail) ? detail : { account, region, time, ...detail }
  return bare(said, seen).map((signal) => ({ ...signal, origin: 'application' }))
}
