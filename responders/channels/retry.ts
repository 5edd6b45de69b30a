import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import * as z from 'zod'
import { channelNames } from './channel.ts'
import { news } from './news.ts'

const mostTries = 12
/** Source: SQS, SendMessage, DelaySeconds. */
const mostSeconds = 900

const errand = z.strictObject({ news, channel: z.enum(channelNames), tries: z.int().min(0).max(mostTries) })

/** One message in one channel that is to be brought up to date later, and how often that was tried again. */
export type DeliveryTask = z.output<typeof errand>

let sqs: SQSClient | undefined

/** Reads an errand of the queue. Throws when it is none: it was not put there by us. */
export const parseDeliveryTask = (body: string): DeliveryTask => errand.parse(JSON.parse(body))

/** Seconds until the next try, twice as long each time, and never sooner than the channel asks. */
export const delayOf = ({ tries }: DeliveryTask, asked = 0): number =>
  Math.min(mostSeconds, Math.max(5 * 2 ** tries, Math.ceil(asked)))

/** Whether it is tried once more. */
export const goesOn = ({ tries }: DeliveryTask): boolean => tries < mostTries

/** Puts it into the queue, to come back in so many seconds. */
export async function putOff(it: DeliveryTask, seconds: number, queue: string): Promise<void> {
  sqs ??= new SQSClient({})
  const MessageBody = JSON.stringify({ ...it, tries: it.tries + 1 })
  await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody, DelaySeconds: seconds }))
}
