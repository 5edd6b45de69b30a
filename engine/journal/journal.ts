import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { conditionalWrite } from '../../lib/dynamodb/conditional-write.ts'
import { expiresIn, table } from '../../lib/dynamodb/table.ts'
import { type Items, transact } from '../../lib/dynamodb/transact.ts'
import { short } from '../plan.ts'
import type { Settings } from '../settings.ts'
import { type AnyTarget, targetKey } from '../target.ts'
import type { Containment, Notice, Status, Step } from './record.ts'

/** A record is kept this long after its last change; what is live has no end. */
const keepDays = 400
const noticeDays = 30

const live = ['containing', 'contained', 'failed', 'drifted'] as const satisfies Status[]
type Live = (typeof live)[number]
const keyOf = (playbook: string, target: AnyTarget) => ({
  pk: `containment#${playbook}#${targetKey(target)}`,
})

/** The present containment of a target, ended or not; what was before it lies beside it under its own id. */
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
 * Enters a containment: one conditional write over none, observed, proposed, or an ended one, if this event has not
 * been contained before; the hour's budget is charged in the same transaction, unless a person decides. It is
 * idempotency key, lock and record in one.
 * Gives `'entered'`, or why not: somebody else's is open (`'taken'`), or the budget is spent (`'over'`).
 */
export async function enter(
  record: Containment,
  previous: Containment | undefined,
  settings: Settings,
  charged = true,
): Promise<'entered' | 'taken' | 'over'> {
  if (charged && settings.budget === 0) return 'over'
  const items = [...written(record, previous, settings), ...(charged ? [charge(record, settings)] : [])]
  const refused = await transact(items)
  if (refused.length === 0) return 'entered'
  return charged && refused.every((place) => place === items.length - 1) ? 'over' : 'taken'
}

/** Writes down what was seen or is proposed; never over a live containment, never twice the same, and no sight over a proposal. */
export async function note(
  record: Containment,
  previous: Containment | undefined,
  settings: Settings,
): Promise<boolean> {
  // Within one incident: when the next one begins, people are told again.
  const known = previous?.incident === record.incident ? previous : undefined
  if (known?.status === record.status && known.plan.hash === record.plan.hash) return false
  if (known?.status === 'proposed' && record.status === 'observed') return false
  return (await transact(written(record, previous, settings, { ttl: expiresIn(keepDays) }))).length === 0
}

/** What a move may change besides the status; a failure or strays of before are over when it says nothing of them. */
type Also = Partial<
  Pick<Containment, 'failure' | 'strays' | 'due' | 'after' | 'plan' | 'earlier' | 'approvals'>
>

/**
 * Moves a containment on, if it is still this one and stands where we think; `unmoved`, only if nothing at all has
 * happened to it since it was read.
 */
export async function move(
  record: Containment,
  from: Status[],
  step: Step,
  also: Also,
  settings: Settings,
  unmoved = false,
): Promise<boolean> {
  const ends = step.status === 'released' || step.status === 'closed'
  const sets = Object.entries({
    failure: null,
    strays: null,
    ...also,
    status: step.status,
    ...(ends && { ttl: expiresIn(keepDays) }),
  })
  const update = new UpdateCommand({
    TableName: settings.table,
    Key: { ...keyOf(record.playbook, record.target), sk: 'current' },
    UpdateExpression: `SET #history = list_append(#history, :step), ${sets.map(([key]) => `#${key} = :${key}`).join(', ')}`,
    ConditionExpression: `id = :id AND #status IN (${from.map((_, index) => `:from${index}`).join(', ')})${unmoved ? ' AND size(#history) = :length' : ''}`,
    ExpressionAttributeNames: {
      '#history': 'history',
      ...Object.fromEntries(sets.map(([key]) => [`#${key}`, key])),
    },
    ExpressionAttributeValues: {
      ':id': record.id,
      ':step': [step],
      ...(unmoved && { ':length': record.history.length }),
      ...Object.fromEntries(sets.map(([key, value]) => [`:${key}`, value])),
      ...Object.fromEntries(from.map((status, index) => [`:from${index}`, status])),
    },
  })
  return conditionalWrite(table().send(update))
}

/** Writes a notice once, however often it is said. */
export async function recordNotice(notice: Notice, it: Pick<Settings, 'table'>): Promise<boolean> {
  const Item = { pk: `notice#${short(notice.id)}`, sk: 'current', ...notice, ttl: expiresIn(noticeDays) }
  return conditionalWrite(
    table().send(
      new PutCommand({ TableName: it.table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
    ),
  )
}

// What may be written over: nothing, what was only seen or proposed, or an ended containment, and only if it is the
// one we have seen; that one is laid aside. A late duplicate of any event that was contained before writes nothing.
function written(
  record: Containment,
  previous: Containment | undefined,
  settings: Settings,
  more = {},
): Items {
  const TableName = settings.table
  const key = keyOf(record.playbook, record.target)
  // What was read from the table carries its key and its end; a live record has no end.
  const { ttl: _, ...kept } = record as Containment & { ttl?: number }
  const ended = previous && (previous.status === 'released' || previous.status === 'closed')
  const soft = 'attribute_not_exists(pk) OR #status IN (:observed, :proposed)'
  const aside = { ...previous, ...key, sk: previous?.id, ttl: expiresIn(keepDays) }
  return [
    {
      Put: {
        TableName,
        Item: { ...kept, ...key, sk: 'current', ...more },
        ConditionExpression: ended
          ? `${soft} OR (id = :previous AND id <> :id AND #status IN (:released, :closed))`
          : soft,
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
    ...(ended && previous.id !== record.id ? [{ Put: { TableName, Item: aside } }] : []),
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
