import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { Containment, Notice } from '../engine/record.ts'
import { containmentText, noticeText, type Text } from '../messages/text.ts'

const sns = new SNSClient({})

/**
 * The one way out: every change of the journal that people should know of becomes a message. A failed message
 * never holds up a containment; it is sent again with its batch, and the batch stops at the first that fails.
 */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of Records) {
    try {
      const text = textOf(record)
      if (text) await publish(text)
    } catch (error) {
      console.error(JSON.stringify({ level: 'ERROR', message: 'not announced', error: String(error) }))
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] }
    }
  }
  return { batchItemFailures: [] }
}

async function publish({ subject, body }: Text): Promise<void> {
  await sns.send(
    new PublishCommand({ TopicArn: process.env.PORTCULLIS_TOPIC, Subject: subject, Message: body }),
  )
}

function textOf({ eventName, dynamodb }: DynamoDBRecord): Text | undefined {
  const now = imageOf(dynamodb?.NewImage)
  if (!now || eventName === 'REMOVE' || now.sk !== 'current') return undefined
  if (now.pk.startsWith('notice#'))
    return eventName === 'INSERT' ? noticeText(now as unknown as Notice) : undefined
  if (!now.pk.startsWith('containment#')) return undefined
  const record = now as unknown as Containment
  const before = imageOf(dynamodb?.OldImage) as unknown as Containment | undefined
  const isNews = before?.status !== record.status || before.id !== record.id
  // `containing` is over in a second, and what follows it is announced.
  return isNews && record.status !== 'containing' ? containmentText(record) : undefined
}

const imageOf = (image: unknown): { pk: string; sk: string } | undefined =>
  image ? (unmarshall(image as Parameters<typeof unmarshall>[0]) as { pk: string; sk: string }) : undefined
