import { setTimeout as sleep } from 'node:timers/promises'
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import * as z from 'zod'
import { names } from './environment.ts'

const everyMs = 1000
const command = z.looseObject({ do: z.enum(['release', 'expire']), containment: z.string() })

/** What EventBridge Scheduler sends when something booked is due. */
export type Due = z.output<typeof command>

/** Gives every command of the clock to `take`, once, until `signal` is aborted. MiniStack's clock ticks every ten seconds. */
export async function runClock(take: (due: Due) => Promise<void>, signal: AbortSignal): Promise<void> {
  // MiniStack's own address is in the queue's; the router answers for it, too.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: names.clock }))
  const pause = () => sleep(everyMs, undefined, { signal, ref: false }).catch(() => {})
  for (; !signal.aborted; await pause()) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    for (const { Body = '', ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
      await take(command.parse(JSON.parse(Body)))
    }
  }
}
