import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'
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

/** How long a received message stays invisible to other deliveries: longer than the function runs. */
const visibilitySeconds = 90

/**
 * Decides whether what people ask for is carried out. Orders from Slack and the review pages come through the queue,
 * with claims that decision-intake has checked. A direct invocation carries an order whose claim AWS STS proves, and
 * gets the answer.
 */
export async function handler(input: SQSEvent | unknown): Promise<SQSBatchResponse | OrderAnswer> {
  return isBatch(input) ? workBatch(input) : workDirectOrder(input)
}

async function workDirectOrder(input: unknown): Promise<OrderAnswer> {
  const parsed = parseOrder(input)
  if (parsed.claim.how !== 'iam')
    return refuseOrder(parsed, 'Only an order with a proof from AWS STS can be sent directly.')
  return work(parsed)
}

// All messages of a batch at once: a Slack form must open within three seconds.
function workBatch(batch: SQSEvent): Promise<SQSBatchResponse> {
  const processor = new BatchProcessor(EventType.SQS)
  return processPartialResponse(batch, workMessage, processor, { throwOnFullBatchFailure: false })
}

async function workMessage({ receiptHandle, body }: SQSRecord): Promise<void> {
  try {
    await receive(receiptHandle)
    const parsed = parseOrder(parseJson(body))
    if (parsed.claim.how === 'iam') throw new Error('A proof from AWS STS is not accepted through the queue.')
    await work(parsed)
  } catch (error) {
    console.error(JSON.stringify({ level: 'ERROR', message: 'order failed', error: String(error) }))
    throw error
  }
}

async function work(parsed: Order): Promise<OrderAnswer> {
  const { PORTCULLIS_PREFIX: prefix, PORTCULLIS_TABLE: table } = environmentOf(environment)
  const answer = await processOrder(parsed, { prefix, table, known: await readParameters(prefix) })
  const { id, verb, containment, by, outcome, says } = answer.decision
  console.log(
    JSON.stringify({ level: 'INFO', message: 'order processed', id, verb, containment, by, outcome, says }),
  )
  return answer
}

function parseOrder(input: unknown): Order {
  const { data, error } = order.safeParse(input)
  if (data) return data
  throw new Error(`This is not a valid order. ${z.prettifyError(error)}`)
}

let sqs: SQSClient | undefined

/**
 * Proves that a message comes from the queue: a caller with permission to invoke this function could pass a message of
 * its own with any claim in it. Only the queue issues receipt handles, so it is asked to extend this one.
 */
async function receive(ReceiptHandle: string): Promise<void> {
  sqs ??= new SQSClient({})
  const QueueUrl = environmentOf(environment).PORTCULLIS_DECISIONS
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: visibilitySeconds }),
  )
}

const isBatch = (input: unknown): input is SQSEvent =>
  typeof input === 'object' && input !== null && Array.isArray((input as SQSEvent).Records)
