import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { BrokenRecord } from './records.ts'

/** Bounds the pointers in one message, far below the maximum size of an SQS message. */
const maxPointers = 200

let sqs: SQSClient | undefined

/** Sends pointers to unreadable records to the dead-letter queue, which has an alarm. The records stay where they are. */
export async function deadLetterRecords(broken: BrokenRecord[], QueueUrl: string): Promise<void> {
  sqs ??= new SQSClient({})
  for (let first = 0; first < broken.length; first += maxPointers) {
    const MessageBody = JSON.stringify({
      function: 'sense',
      broken: broken.slice(first, first + maxPointers),
    })
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
  }
}
