import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { conditionalWrite } from '../../lib/dynamodb/conditional-write.ts'
import { table } from '../../lib/dynamodb/table.ts'
import { deliverToAll } from './deliver.ts'

const Key = { pk: 'digest', sk: 'last' }
const dayMs = 86_400_000

/**
 * Delivers the digest of what was only observed since the last digest, or in the last day. Two runs at once, and a run
 * after a crash, continue the same digest; it counts as sent once every channel has delivered or rescheduled it.
 */
export async function deliverDigest(name: string): Promise<void> {
  const now = new Date()
  const begin = new UpdateCommand({
    TableName: name,
    Key,
    UpdateExpression: 'SET upTo = if_not_exists(upTo, :now)',
    ExpressionAttributeValues: { ':now': now.toISOString() },
    ReturnValues: 'ALL_NEW',
  })
  const { at = new Date(now.getTime() - dayMs).toISOString(), upTo } = (await table().send(begin))
    .Attributes as { at?: string; upTo: string }
  await deliverToAll({ digest: { since: at, until: upTo } })
  const finish = new UpdateCommand({
    TableName: name,
    Key,
    UpdateExpression: 'SET #at = upTo REMOVE upTo',
    ConditionExpression: 'upTo = :upTo',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':upTo': upTo },
  })
  await conditionalWrite(table().send(finish))
}
