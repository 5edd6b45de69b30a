import { DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { throttleUser } from '../../../playbooks/users/throttle-user.ts'
import type { Scene } from '../scene.ts'

/** An end user without a limit. The effect on their requests is tested in test/effect/users/throttle-user.test.ts. */
export const scene: Scene = {
  playbook: throttleUser,
  async build() {
    const client = new DynamoDBClient({})
    const TableName = process.env.PORTCULLIS_TABLE
    const userId = 'auth0:6650a1f2'
    return {
      target: { account: '123456789012', region: 'us-east-1', userId },
      async look() {
        const { Items = [] } = await client.send(new ScanCommand({ TableName }))
        const limits = Items.filter(({ pk }) => pk?.S?.startsWith('limit#'))
        return Object.fromEntries(
          limits.map(({ pk, rate, interval, ttl }) => [
            pk?.S,
            {
              rate: rate?.N,
              interval: interval?.N,
              ...(ttl && { until: new Date(Number(ttl.N) * 1000).toISOString() }),
            },
          ]),
        )
      },
      // A responder raises the limit to one request every ten seconds.
      async meddle() {
        const Key = { pk: { S: `limit#${userId}` }, sk: { S: 'current' } }
        await client.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: 'SET rate = :rate, #interval = :interval',
            ExpressionAttributeNames: { '#interval': 'interval' },
            ExpressionAttributeValues: { ':rate': { N: '6' }, ':interval': { N: '10000' } },
          }),
        )
      },
      // No `protect` and no `destroy`: an end user is a name, which cannot be tagged or deleted.
    }
  },
}
