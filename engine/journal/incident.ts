import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { digest } from '../../lib/canonical.ts'
import { conditionalWrite } from '../../lib/dynamodb/conditional-write.ts'
import { expiresIn, keepDays, keyText, table } from '../../lib/dynamodb/table.ts'
import { getPath } from '../../lib/get-path.ts'
import type { Event } from '../rule.ts'
import type { Settings } from '../settings.ts'
import type { Cause } from './new-record.ts'
import type { Containment } from './record.ts'

/** An incident ends after this long without an event for its subject. */
const quietHours = 24
/** Further events kept of one playbook in an incident: the first ones of a flood. */
const maxFurtherEvents = 200

/** The subject of an event, the aliases under which the event shows it, and the ID of the event. */
export interface Party {
  account: string
  subject: string
  aliases: string[]
  cause: string
}

/**
 * The ID of the incident for a subject: the open one under its name or one of its aliases (as in a role chain), or a new
 * one. Rules that match one attacker at the same moment get the same incident: the first write wins.
 */
export async function joinIncident(
  { account, subject, aliases, cause }: Party,
  settings: Settings,
): Promise<string> {
  const fresh = `inc-${digest(account, subject, cause).slice(0, 8)}`
  if (aliases.length === 0) return enlist(keyOf(account, subject), fresh, settings)
  const keys = [subject, ...aliases].map((name) => keyOf(account, name))
  const open = await Promise.all(keys.map((key) => openIncidentOf(key, settings)))
  const known = open.find((incident) => incident !== undefined) ?? fresh
  const [incident = known] = await Promise.all(keys.map((key) => enlist(key, known, settings)))
  return incident
}

/**
 * Further names of the actor in an event: its access key, its source identity (kept through every role it assumes),
 * and the key that an AssumeRole call returned, which identifies the next link of a role chain. Pure.
 * Sources: CloudTrail userIdentity element; IAM User Guide, "Monitor and control actions taken with assumed roles".
 */
export function actorAliases({ detail }: Event): string[] {
  const identity = getPath(detail, 'userIdentity')
  const values = {
    key: [
      getPath(identity, 'accessKeyId'),
      getPath(detail, 'resource', 'accessKeyDetails', 'accessKeyId'),
      getPath(detail, 'responseElements', 'credentials', 'accessKeyId'),
    ],
    source: [getPath(identity, 'sessionContext', 'sourceIdentity')],
  }
  const aliases = Object.entries(values).flatMap(([kind, names]) =>
    names.filter(isName).map((name) => `${kind}/${name}`),
  )
  return [...new Set(aliases)]
}

/** Records a further event for a contained target, once however often it is delivered. */
export async function recordFurtherEvent(
  { incident, playbook }: Containment,
  { rule, event }: Cause,
  settings: Settings,
): Promise<void> {
  const line = [event.time, rule.name, event['detail-type'], event.id].join(' ')
  const update = new UpdateCommand({
    TableName: settings.table,
    Key: { pk: `events#${incident}`, sk: playbook },
    UpdateExpression: 'ADD seen :line SET #ttl = if_not_exists(#ttl, :ttl)',
    ConditionExpression: 'attribute_not_exists(seen) OR size(seen) < :most',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':line': new Set([line]),
      ':most': maxFurtherEvents,
      ':ttl': expiresIn(keepDays),
    },
  })
  await conditionalWrite(table().send(update))
}

type Key = { pk: string; sk: string }

const keyOf = (account: string, name: string): Key => ({
  pk: `subject#${account}#${keyText(name)}`,
  sk: 'incident',
})

const horizonAt = (now: number): string => new Date(now - quietHours * 3_600_000).toISOString()

async function openIncidentOf(Key: Key, settings: Settings): Promise<string | undefined> {
  const { Item } = await table().send(
    new GetCommand({ TableName: settings.table, Key, ConsistentRead: true }),
  )
  return Item && Item.last > horizonAt(Date.now()) ? Item.incident : undefined
}

/** Records that this name belongs to an incident, and returns the incident it belongs to. */
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
    // Another delivery renewed it between our two writes: its incident is open now.
    return (await table().send(open)).Attributes?.incident as string
  }
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 256
