import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { conditionalWrite } from '../../lib/dynamodb/conditional-write.ts'
import { table } from '../../lib/dynamodb/table.ts'
import { tellAll } from './deliver.ts'

const Key = { pk: 'digest', sk: 'last' }
const dayMs = 86_400_000

/**
 * Tells of what was only observed since the last time, or in the last day. Begun twice at once, or again after it was
 * cut off, it is the same digest; it is the last one when it was told or put off everywhere.
 */
export async function tellDigest(name: string): Promise<void> {
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
  await tellAll({ digest: { since: at, until: upTo } })
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
