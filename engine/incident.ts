import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { digest, short } from './plan.ts'
import type { Settings } from './settings.ts'
import { expiresIn, table } from './table.ts'

/** A subject that was quiet for this long starts a new incident. */
const quietHours = 24

/**
 * The incident of a subject: the one that is open on it, or a new one. Rules that trip over one attacker
 * at the same moment all get the same: the first write wins.
 */
export async function join(account: string, subject: string, cause: string, it: Settings): Promise<string> {
  const Key = { pk: `subject#${account}#${short(subject)}`, sk: 'incident' }
  const fresh = `inc-${digest(account, subject, cause).slice(0, 8)}`
  const now = new Date()
  const horizon = new Date(now.getTime() - quietHours * 3_600_000).toISOString()
  const times = { ':now': now.toISOString(), ':ttl': expiresIn(400) }
  const open = new UpdateCommand({
    TableName: it.table,
    Key,
    UpdateExpression: 'SET incident = if_not_exists(incident, :fresh), #last = :now, #ttl = :ttl',
    ConditionExpression: 'attribute_not_exists(pk) OR #last > :horizon',
    ExpressionAttributeNames: { '#last': 'last', '#ttl': 'ttl' },
    ExpressionAttributeValues: { ...times, ':fresh': fresh, ':horizon': horizon },
    ReturnValues: 'ALL_NEW',
  })
  const renew = new PutCommand({
    TableName: it.table,
    Item: { ...Key, incident: fresh, last: now.toISOString(), ttl: expiresIn(400) },
    ConditionExpression: '#last <= :horizon',
    ExpressionAttributeNames: { '#last': 'last' },
    ExpressionAttributeValues: { ':horizon': horizon },
  })
  try {
    return (await table().send(open)).Attributes?.incident as string
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
  }
  try {
    await table().send(renew)
    return fresh
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    // Somebody renewed it between our two writes: theirs is open now.
    return (await table().send(open)).Attributes?.incident as string
  }
}
