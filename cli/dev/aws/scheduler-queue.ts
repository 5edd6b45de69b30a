import { setTimeout as sleep } from 'node:timers/promises'
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import * as z from 'zod'
import { names } from './environment.ts'

const pollMs = 1000
const command = z.looseObject({ do: z.enum(['release', 'expire']), containment: z.string() })

/** The command that EventBridge Scheduler sends when a release or expiry is due. */
export type DueCommand = z.output<typeof command>

/** Passes every command of the scheduler to `take`, once, until `signal` is aborted. MiniStack's scheduler runs every ten seconds. */
export async function receiveDueCommands(
  take: (due: DueCommand) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  // The queue URL has the address of MiniStack itself; the router accepts the queue URL, too.
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: names.scheduler }))
  const pause = () => sleep(pollMs, undefined, { signal, ref: false }).catch(() => {})
  for (; !signal.aborted; await pause()) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    for (const { Body = '', ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
      await take(command.parse(JSON.parse(Body)))
    }
  }
}
