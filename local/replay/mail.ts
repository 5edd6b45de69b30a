import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'

export interface AlertMail {
  subject: string
  text: string
}

/** A subscriber of the alerts topic, as an inbox or a pager is. */
export class AlertsReader {
  readonly topic: string
  readonly mails = new Map<string, AlertMail>()
  readonly #sqs = queues()
  #queue = ''

  constructor(topic: string) {
    this.topic = topic
  }

  async subscribe(): Promise<void> {
    const { QueueUrl = '' } = await this.#sqs.send(new CreateQueueCommand({ QueueName: 'responders-inbox' }))
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] })
    const { Attributes } = await this.#sqs.send(asked)
    const Endpoint = Attributes?.QueueArn
    await new SNSClient({}).send(new SubscribeCommand({ TopicArn: this.topic, Protocol: 'sqs', Endpoint }))
    this.#queue = QueueUrl
  }

  /** Every message received so far. */
  async read(): Promise<AlertMail[]> {
    for (const [id, body] of await drain(this.#sqs, this.#queue)) {
      const { Subject, Message } = JSON.parse(body)
      this.mails.set(id, { subject: Subject, text: Message })
    }
    return [...this.mails.values()]
  }
}

/** The messages in the stack's dead-letter queues, by queue name. */
export async function deadLetters(prefix: string): Promise<Map<string, string[]>> {
  const sqs = queues()
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: `${prefix}-` }))
  const found = await Promise.all(
    QueueUrls.filter((url) => url.endsWith('-dead-letters')).map(async (url) => {
      const letters = await drain(sqs, url)
      return [url.split('/').at(-1) ?? url, [...letters.values()]] satisfies [string, string[]]
    }),
  )
  return new Map(found.filter(([, letters]) => letters.length > 0))
}

// Queue URLs name the emulator's own port, which is not the router's.
const queues = () => new SQSClient({ useQueueUrlAsEndpoint: false })

async function drain(sqs: SQSClient, QueueUrl: string): Promise<Map<string, string>> {
  const all = new Map<string, string>()
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    if (Messages.length === 0) return all
    for (const { MessageId = '', Body = '' } of Messages) all.set(MessageId, Body)
  }
}
