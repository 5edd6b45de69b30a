import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { digest } from '../canonical.ts'

let client: DynamoDBDocumentClient | undefined

/** How long a journal item is kept after its last change. A live containment has no expiry. */
export const keepDays = 400
/** How long a notice is kept. */
export const keepNoticeDays = 30

/** The client for the journal's table, one per container. */
export const table = (): DynamoDBDocumentClient =>
  (client ??= DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  }))

/** The value of DynamoDB's time-to-live attribute for `days` from now: seconds since 1970. */
export const expiresIn = (days: number): number => Math.floor(Date.now() / 1000) + days * 86_400

/** Text from an event as part of a key: a partition key may hold 2,048 bytes, so longer text is hashed. Source: DynamoDB quotas. */
export const keyText = (text: string): string => (Buffer.byteLength(text) > 1024 ? digest(text) : text)
