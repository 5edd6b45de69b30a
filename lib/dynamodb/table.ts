import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

let client: DynamoDBDocumentClient | undefined

/** The journal's table, one client per container. */
export const table = (): DynamoDBDocumentClient =>
  (client ??= DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  }))

/** Seconds since 1970, `days` from now: DynamoDB's time to live. */
export const expiresIn = (days: number): number => Math.floor(Date.now() / 1000) + days * 86_400
