import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod'
import { news } from './news.ts'
import { channelNames } from './registry.ts'

/** With delays that double up to 15 minutes, a message is tried for about 80 minutes. */
const maxTries = 12
/** Source: SQS, SendMessage, DelaySeconds. */
const maxDelaySeconds = 900

const deliveryTask = z.strictObject({
  news,
  channel: z.enum(channelNames),
  tries: z.int().min(0).max(maxTries),
})

/** One message in one channel to bring up to date, and how many retries it has had. */
export type DeliveryTask = z.output<typeof deliveryTask>

let sqs: SQSClient | undefined

/** Reads a task from the retry queue. Throws when it is not a valid task, so Portcullis did not write it. */
export const parseDeliveryTask = (body: string): DeliveryTask => deliveryTask.parse(JSON.parse(body))

/** Seconds until the next try: doubled each time, and never less than the channel asked for. */
export const retryDelaySeconds = ({ tries }: DeliveryTask, askedSeconds = 0): number =>
  Math.min(maxDelaySeconds, Math.max(5 * 2 ** tries, Math.ceil(askedSeconds)))

export const mayRetry = ({ tries }: DeliveryTask): boolean => tries < maxTries

export async function scheduleRetry(task: DeliveryTask, delaySeconds: number, queue: string): Promise<void> {
  sqs ??= new SQSClient({})
  const MessageBody = JSON.stringify({ ...task, tries: task.tries + 1 })
  await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody, DelaySeconds: delaySeconds }))
}
