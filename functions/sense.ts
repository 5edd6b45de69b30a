import type { SQSBatchResponse, SQSRecord } from 'aws-lambda'
import { BadEvent } from '../engine/errors.ts'
import { mapLimit } from '../lib/map-limit.ts'
import { countAndSignal } from '../sensing/intake/count-and-signal.ts'
import { mergeFacts } from '../sensing/intake/facts.ts'
import { isLogBatch, linesOfLogBatch } from '../sensing/intake/log-batch.ts'
import { factsOfMessage } from '../sensing/intake/message.ts'
import { factsOfLines } from '../sensing/intake/records.ts'
import { type IntakeSettings, readIntakeSettings } from '../sensing/intake/settings.ts'
import { asFields, asList } from '../sensing/signals/fields.ts'
import { unreadable } from '../sensing/signals/unreadable.ts'

/**
 * Takes what is too frequent for rules: events from the queue, records from log subscriptions. Counts their facts
 * against the thresholds and emits the signals that rules match. Only unreadable messages of the queue are retried.
 */
export async function handler(input: unknown): Promise<SQSBatchResponse> {
  const settings = readIntakeSettings()
  if (isLogBatch(input)) return senseLog(input, settings)
  const messages = asList(asFields(input).Records) as SQSRecord[]
  if (messages.length === 0)
    throw unreadable('input', 'is neither a batch of a queue nor of a log subscription', input)
  return senseMessages(messages, settings)
}

async function senseLog(input: unknown, settings: IntakeSettings): Promise<SQSBatchResponse> {
  const { extracted, broken } = await factsOfLines(linesOfLogBatch(input), settings.logBucket)
  logLine(await countAndSignal(extracted, broken, settings))
  return { batchItemFailures: [] }
}

/** Messages that are read at the same time. Powertools' batch processor has no such limit. */
const concurrency = 25

async function senseMessages(messages: SQSRecord[], settings: IntakeSettings): Promise<SQSBatchResponse> {
  const failed: SQSBatchResponse['batchItemFailures'] = []
  const all = await mapLimit(concurrency, messages, async ({ messageId, body }) => {
    try {
      return await factsOfMessage(body, settings.logBucket)
    } catch (error) {
      failed.push({ itemIdentifier: messageId })
      logLine({ message: messageId, error: safeTextOf(error) })
      return { extracted: mergeFacts([]), broken: [] }
    }
  })
  const broken = all.flatMap((one) => one.broken)
  logLine(await countAndSignal(mergeFacts(all.map(({ extracted }) => extracted)), broken, settings))
  return { batchItemFailures: failed }
}

// A `BadEvent` of sensing/signals/ never quotes the record; of other errors only the name is certain not to.
const safeTextOf = (error: unknown): string =>
  error instanceof BadEvent ? error.message : error instanceof Error ? error.name : 'unknown'

const logLine = (fields: object): void =>
  console.log(JSON.stringify({ level: 'error' in fields ? 'ERROR' : 'INFO', ...fields }))
