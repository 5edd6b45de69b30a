import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { conditionalWrite } from '../../lib/dynamodb/conditional-write.ts'
import { expiresIn, keepDays, keepNoticeDays, keyText, table } from '../../lib/dynamodb/table.ts'
import { type Items, transact } from '../../lib/dynamodb/transact.ts'
import type { Settings } from '../settings.ts'
import { type AnyTarget, targetKey } from '../target.ts'
import type { Containment, Notice, Status, Step } from './record.ts'

const live = ['containing', 'contained', 'failed', 'drifted'] as const satisfies Status[]
type Live = (typeof live)[number]
const keyOf = (playbook: string, target: AnyTarget) => ({
  pk: `containment#${playbook}#${targetKey(target)}`,
})

/** The current containment of a target, ended or not. Earlier ones are stored beside it under their own IDs. */
export async function current(
  playbook: string,
  target: AnyTarget,
  settings: Settings,
): Promise<Containment | undefined> {
  const Key = { ...keyOf(playbook, target), sk: 'current' }
  const { Item } = await table().send(
    new GetCommand({ TableName: settings.table, Key, ConsistentRead: true }),
  )
  return Item as Containment | undefined
}

export const isLive = (record: Containment | undefined): record is Containment & { status: Live } =>
  record !== undefined && live.includes(record.status as Live)

/**
 * Enters a containment with one conditional write: over none, an observed, a proposed or an ended one, and only if this
 * event was not contained before. It is idempotency key, lock and record in one. The budget of the hour is charged in
 * the same transaction, unless a person decided.
 * Returns `'entered'`, or why not: another containment is open (`'taken'`), or the budget is used up (`'over'`).
 */
export async function enter(
  record: Containment,
  previous: Containment | undefined,
  settings: Settings,
  charged = true,
): Promise<'entered' | 'taken' | 'over'> {
  if (charged && settings.budget === 0) return 'over'
  const items = [...putOver(record, previous, settings), ...(charged ? [charge(record, settings)] : [])]
  const refused = await transact(items)
  if (refused.length === 0) return 'entered'
  return charged && refused.every((place) => place === items.length - 1) ? 'over' : 'taken'
}

/**
 * Records what was observed or proposed. Returns whether it was written: not over a live containment, not the same
 * twice in one incident, and not an observation over a proposal.
 */
export async function note(
  record: Containment,
  previous: Containment | undefined,
  settings: Settings,
): Promise<boolean> {
  // Within one incident: in the next one, responders are notified again.
  const known = previous?.incident === record.incident ? previous : undefined
  if (known?.status === record.status && known.plan.hash === record.plan.hash) return false
  if (known?.status === 'proposed' && record.status === 'observed') return false
  return (await transact(putOver(record, previous, settings, { ttl: expiresIn(keepDays) }))).length === 0
}

/** What a move may change besides the status. An earlier failure or foreign changes are cleared unless given. */
type Also = Partial<
  Pick<Containment, 'failure' | 'strays' | 'due' | 'after' | 'plan' | 'earlier' | 'approvals'>
>

/**
 * Changes the status of a containment if it is still the current one and has one of the statuses `from`; with
 * `unchanged`, only if its history has not grown since it was read. Returns whether it was changed.
 */
export async function move(
  record: Containment,
  from: Status[],
  step: Step,
  also: Also,
  settings: Settings,
  unchanged = false,
): Promise<boolean> {
  const isFinal = step.status === 'released' || step.status === 'closed'
  const sets = Object.entries({
    failure: null,
    strays: null,
    ...also,
    status: step.status,
    ...(isFinal && { ttl: expiresIn(keepDays) }),
  })
  const update = new UpdateCommand({
    TableName: settings.table,
    Key: { ...keyOf(record.playbook, record.target), sk: 'current' },
    UpdateExpression: `SET #history = list_append(#history, :step), ${sets.map(([key]) => `#${key} = :${key}`).join(', ')}`,
    ConditionExpression: `id = :id AND #status IN (${from.map((_, index) => `:from${index}`).join(', ')})${unchanged ? ' AND size(#history) = :length' : ''}`,
    ExpressionAttributeNames: {
      '#history': 'history',
      ...Object.fromEntries(sets.map(([key]) => [`#${key}`, key])),
    },
    ExpressionAttributeValues: {
      ':id': record.id,
      ':step': [step],
      ...(unchanged && { ':length': record.history.length }),
      ...Object.fromEntries(sets.map(([key, value]) => [`:${key}`, value])),
      ...Object.fromEntries(from.map((status, index) => [`:from${index}`, status])),
    },
  })
  return conditionalWrite(table().send(update))
}

/** Writes a notice once: another one with the same ID is not written. Returns whether it was. */
export async function recordNotice(notice: Notice, settings: Pick<Settings, 'table'>): Promise<boolean> {
  const Item = {
    pk: `notice#${keyText(notice.id)}`,
    sk: 'current',
    ...notice,
    ttl: expiresIn(keepNoticeDays),
  }
  return conditionalWrite(
    table().send(
      new PutCommand({ TableName: settings.table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
    ),
  )
}

// The record may replace none, an observed or a proposed one, or an ended one if it is the one that was read; that one is
// archived under its own ID. A late duplicate of an event that was contained before writes nothing.
function putOver(
  record: Containment,
  previous: Containment | undefined,
  settings: Settings,
  extra = {},
): Items {
  const TableName = settings.table
  const key = keyOf(record.playbook, record.target)
  // An item read from the table carries its key and its expiry; a live record has no expiry.
  const { ttl: _, ...kept } = record as Containment & { ttl?: number }
  const ended = previous && (previous.status === 'released' || previous.status === 'closed')
  const replaceable = 'attribute_not_exists(pk) OR #status IN (:observed, :proposed)'
  const archived = { ...previous, ...key, sk: previous?.id, ttl: expiresIn(keepDays) }
  return [
    {
      Put: {
        TableName,
        Item: { ...kept, ...key, sk: 'current', ...extra },
        ConditionExpression: ended
          ? `${replaceable} OR (id = :previous AND id <> :id AND #status IN (:released, :closed))`
          : replaceable,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':observed': 'observed',
          ':proposed': 'proposed',
          ...(ended && {
            ':id': record.id,
            ':previous': previous.id,
            ':released': 'released',
            ':closed': 'closed',
          }),
        },
      },
    },
    ...(ended && previous.id !== record.id ? [{ Put: { TableName, Item: archived } }] : []),
    ...(previous?.id === record.id
      ? []
      : [
          {
            ConditionCheck: {
              TableName,
              Key: { ...key, sk: record.id },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ]),
  ]
}

const charge = (record: Containment, settings: Settings): Items[number] => ({
  Update: {
    TableName: settings.table,
    Key: { pk: `budget#${record.playbook}#${record.target.account}`, sk: record.opened.slice(0, 13) },
    UpdateExpression: 'ADD spent :one SET #ttl = if_not_exists(#ttl, :ttl)',
    ConditionExpression: 'attribute_not_exists(spent) OR spent < :most',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':one': 1, ':most': settings.budget, ':ttl': expiresIn(2) },
  },
})
