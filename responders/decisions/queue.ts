import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Order } from './order.ts'

let sqs: SQSClient | undefined

/**
 * Hands an order to settle. The queue is a FIFO queue for one thing it does: what is sent twice within five minutes
 * is delivered once. Each order is a group of its own, so that none waits for another.
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
