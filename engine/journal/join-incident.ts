import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { expiresIn, table } from '../../lib/dynamodb/table.ts'
import { digest, short } from '../plan.ts'
import type { Settings } from '../settings.ts'

/** A subject that was quiet for this long starts a new incident. */
const quietHours = 24
const keepDays = 400

/** Whom an event is about, the other names it shows them by, and the event's id. */
export interface Party {
  account: string
  subject: string
  links: string[]
  cause: string
}

/**
 * The incident of a subject: the one that is open on it or on another of its names (a link of a role chain), or a
 * new one. Rules that trip over one attacker at the same moment all get the same: the first write wins.
 */
export async function joinIncident(
  { account, subject, links, cause }: Party,
  settings: Settings,
): Promise<string> {
  const fresh = `inc-${digest(account, subject, cause).slice(0, 8)}`
  if (links.length === 0) return enlist(keyOf(account, subject), fresh, settings)
  const keys = [subject, ...links].map((name) => keyOf(account, name))
  const open = await Promise.all(keys.map((key) => openOn(key, settings)))
  const known = open.find((one) => one !== undefined) ?? fresh
  const [incident = known] = await Promise.all(keys.map((key) => enlist(key, known, settings)))
  return incident
}

type Key = { pk: string; sk: string }

const keyOf = (account: string, name: string): Key => ({
  pk: `subject#${account}#${short(name)}`,
  sk: 'incident',
})

const horizonAt = (now: number): string => new Date(now - quietHours * 3_600_000).toISOString()

async function openOn(Key: Key, settings: Settings): Promise<string | undefined> {
  const { Item } = await table().send(
    new GetCommand({ TableName: settings.table, Key, ConsistentRead: true }),
  )
  return Item && Item.last > horizonAt(Date.now()) ? Item.incident : undefined
}

/** Writes down that this name belongs to an incident, and gives the one it belongs to. */
async function enlist(Key: Key, fresh: string, settings: Settings): Promise<string> {
  const now = Date.now()
  const horizon = horizonAt(now)
  const last = new Date(now).toISOString()
  const open = new UpdateCommand({
    TableName: settings.table,
    Key,
    UpdateExpression: 'SET incident = if_not_exists(incident, :fresh), #last = :now, #ttl = :ttl',
    ConditionExpression: 'attribute_not_exists(pk) OR #last > :horizon',
    ExpressionAttributeNames: { '#last': 'last', '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':now': last,
      ':ttl': expiresIn(keepDays),
      ':fresh': fresh,
      ':horizon': horizon,
    },
    ReturnValues: 'ALL_NEW',
  })
  const renew = new PutCommand({
    TableName: settings.table,
    Item: { ...Key, incident: fresh, last, ttl: expiresIn(keepDays) },
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
