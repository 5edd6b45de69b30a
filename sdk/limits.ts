import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { retryable } from '../engine/errors.ts'
import { endUserIdOf } from '../rules/find/end-user-id.ts'

/** Where the limits are: the journal's table, `portcullis-<stage>-journal`, and a client for it. */
export interface LimitTable {
  table: string
  client: DynamoDBClient
}

/**
 * Whether an end user may make one request more: it takes the token from their bucket, if playbook throttle-user has
 * given them one. A bucket holds one token, and is full again after 60 s / rate. One call, with or without a limit.
 * The application's role needs `dynamodb:UpdateItem` on `limit#*` (`dynamodb:LeadingKeys`); it could lift limits too.
 *
 * Fails open: nearly nobody has a limit, and DynamoDB's bad minute must not become everybody's. What no later try would
 * mend (a missing permission, a wrong table) is thrown: it would show itself only by limits that limit nobody.
 */
export async function allowed(user: string, { table, client }: LimitTable): Promise<boolean> {
  const now = Date.now()
  const take = new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: `limit#${endUserIdOf(user)}` }, sk: { S: 'current' } },
    UpdateExpression: 'SET #next = :now + #interval',
    // Whoever has no limit gets no item: it would be one.
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(#next) OR #next <= :now)',
    ExpressionAttributeNames: { '#next': 'next', '#interval': 'interval' },
    ExpressionAttributeValues: { ':now': { N: String(now) } },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  try {
    await client.send(take)
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
