import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { type KnownParameters, readParameters } from '../../channels/secrets.ts'
import type { Order } from '../order.ts'

/** What the internet-facing function may read. It has no bot token, so it cannot post to Slack. */
export const intakeParameters = (prefix: string): Promise<KnownParameters> =>
  readParameters(prefix, ['stage', 'slack-signing-secret'])

let sqs: SQSClient | undefined

/**
 * Hands an order to functions/decision-worker. The queue is FIFO for its deduplication: what is sent twice within five
 * minutes is delivered once. Each order is its own message group, so no order waits for another.
 */
export async function queueOrder(order: Order, queue: string): Promise<void> {
  sqs ??= new SQSClient({})
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queue,
      MessageBody: JSON.stringify(order),
      MessageGroupId: order.id,
      MessageDeduplicationId: order.id,
    }),
  )
}
