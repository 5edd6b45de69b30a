import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import * as z from 'zod'
import { environmentOf } from '../lib/environment.ts'
import { parseJson } from '../lib/parse-json.ts'
import { readParameters } from '../responders/channels/secrets.ts'
import { type Order, order } from '../responders/decisions/order.ts'
import { type OrderAnswer, refuseOrder } from '../responders/decisions/order-answer.ts'
import { processOrder } from '../responders/decisions/worker/process-order.ts'

const text = z.string().min(1)
const environment = z.object({
  PORTCULLIS_PREFIX: text,
  PORTCULLIS_TABLE: text,
  /** The queue's URL. */
  PORTCULLIS_DECISIONS: text,
})

/** A message is this delivery's for so long: longer than the function runs. */
const oursSeconds = 90

/**
 * The one judge of what people ask for. From the queue come the orders of Slack and of the pages, whose claims the
 * door has checked; a direct call brings an order whose claim AWS STS answers for, and is answered.
 */
export async function handler(input: SQSEvent | unknown): Promise<SQSBatchResponse | OrderAnswer> {
  return isBatch(input) ? { batchItemFailures: await settleAll(input.Records) } : settleOne(input)
}

async function settleOne(input: unknown): Promise<OrderAnswer> {
  const parsed = order.safeParse(input)
  if (!parsed.success) throw new Error(`That is no order. ${z.prettifyError(parsed.error)}`)
  if (parsed.data.claim.how !== 'iam')
    return refuseOrder(parsed.data, 'Only an order with a proof of AWS comes this way.')
  return settled(parsed.data)
}

// A form waits three seconds to be opened: no message waits for another.
async function settleAll(records: SQSRecord[]): Promise<SQSBatchResponse['batchItemFailures']> {
  const each = await Promise.allSettled(records.map(settleMessage))
  return each.flatMap((one, place) => {
    if (one.status === 'fulfilled') return []
    console.error(JSON.stringify({ level: 'ERROR', message: 'not settled', error: String(one.reason) }))
    return [{ itemIdentifier: records[place]?.messageId ?? '' }]
  })
}

async function settleMessage({ receiptHandle, body }: SQSRecord): Promise<void> {
  await receive(receiptHandle)
  const parsed = order.safeParse(parseJson(body))
  if (!parsed.success) throw new Error(`That is no order. ${z.prettifyError(parsed.error)}`)
  if (parsed.data.claim.how === 'iam') throw new Error('A proof of AWS does not come through the queue.')
  await settled(parsed.data)
}

async function settled(it: Order): Promise<OrderAnswer> {
  const { PORTCULLIS_PREFIX: prefix, PORTCULLIS_TABLE: table } = environmentOf(environment)
  const answer = await processOrder(it, { prefix, table, known: await readParameters(prefix) })
  const { id, verb, containment, by, outcome, says } = answer.decision
  console.log(JSON.stringify({ level: 'INFO', message: 'settled', id, verb, containment, by, outcome, says }))
  return answer
}

let sqs: SQSClient | undefined

/**
 * Whoever may call this function could hand it a message of their own making, with anybody's claim in it. Only the
 * queue gives out receipts, so it is asked whether it knows this one; then the message is ours for as long as it takes.
 */
async function receive(ReceiptHandle: string): Promise<void> {
  sqs ??= new SQSClient({})
  const QueueUrl = environmentOf(environment).PORTCULLIS_DECISIONS
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: oursSeconds }),
  )
}

const isBatch = (input: unknown): input is SQSEvent =>
  typeof input === 'object' && input !== null && Array.isArray((input as SQSEvent).Records)
