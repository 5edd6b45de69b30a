import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { retryable } from '../engine/errors.ts'
import { endUserIdOf } from '../rules/find/end-user-id.ts'

/** Where the limits of end users are stored. */
export interface LimitTable {
  /** The journal's table, `portcullis-<stage>-journal`. */
  table: string
  client: DynamoDBClient
}

/**
 * Whether an end user may make one more request. Takes a token from the user's bucket if throttle-user has set a limit:
 * a bucket holds one token and is full again after 60 s / rate. One call to DynamoDB, with or without a limit. The
 * application's role needs `dynamodb:UpdateItem` on keys `limit#*` (`dynamodb:LeadingKeys`), with which it could also
 * lift limits.
 *
 * Fails open: returns true if DynamoDB fails temporarily, since most users have no limit. Throws errors that a retry
 * would not correct, such as a missing permission or a wrong table: otherwise limits would silently have no effect.
 */
export async function allowed(user: string, { table, client }: LimitTable): Promise<boolean> {
  const now = Date.now()
  const takeToken = new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: `limit#${endUserIdOf(user)}` }, sk: { S: 'current' } },
    UpdateExpression: 'SET #next = :now + #interval',
    // Without the first condition, a user without a limit would get an item, which is a limit.
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(#next) OR #next <= :now)',
    ExpressionAttributeNames: { '#next': 'next', '#interval': 'interval' },
    ExpressionAttributeValues: { ':now': { N: String(now) } },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  try {
    await client.send(takeToken)
    return true
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      if (retryable(error)) return true
      throw error
    }
    const { Item } = error
    return Item === undefined || Number(Item.ttl?.N ?? Number.POSITIVE_INFINITY) * 1000 <= now
  }
}
