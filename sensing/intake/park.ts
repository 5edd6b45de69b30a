import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { BrokenRecord } from './records.ts'

/** So many pointers are far below what a message may hold. */
const most = 200

let sqs: SQSClient | undefined

/** Leaves pointers to unreadable records in the dead letters, where an alarm rings: the records stay where they are. */
export async function deadLetterRecord(broken: BrokenRecord[], QueueUrl: string): Promise<void> {
  sqs ??= new SQSClient({})
  for (let first = 0; first < broken.length; first += most) {
    const MessageBody = JSON.stringify({ function: 'sense', broken: broken.slice(first, first + most) })
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
  }
}
