import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { short } from './plan.ts'
import type { Containment, Notice, Status, Step } from './record.ts'
import type { Settings } from './settings.ts'
import { expiresIn, table } from './table.ts'
import { type AnyTarget, targetKey } from './target.ts'

/** A record is kept this long after its last change; what is live has no end. */
const keepDays = 400
const noticeDays = 30
/** A transaction that met another is tried this often. */
const mostTries = 6

const live = ['containing', 'contained', 'failed', 'drifted'] as const satisfies Status[]
type Live = (typeof live)[number]
const keyOf = (playbook: string, target: AnyTarget) => ({
  pk: `containment#${playbook}#${targetKey(target)}`,
})

/** The present containment of a target, ended or not; what was before it lies beside it under its own id. */
export async function current(
  playbook: string,
  target: AnyTarget,
  it: Settings,
): Promise<Containment | undefined> {
  const Key = { ...keyOf(playbook, target), sk: 'current' }
  const { Item } = await table().send(new GetCommand({ TableName: it.table, Key, ConsistentRead: true }))
  return Item as Containment | undefined
}

export const isLive = (record: Containment | undefined): record is Containment & { status: Live } =>
  record !== undefined && live.includes(record.status as Live)

/**
 * Enters a containment: one conditional write over none, observed, proposed, or an ended one of another event;
 * the hour's budget is charged in the same transaction, unless a person decides. It is idempotency key, lock and
 * record in one.
 * Gives `'entered'`, or why not: somebody else's is open (`'taken'`), or the budget is spent (`'over'`).
 */
export async function enter(
  record: Containment,
  previous: Containment | undefined,
  it: Settings,
  charged = true,
): Promise<'entered' | 'taken' | 'over'> {
  const hour = record.opened.slice(0, 13)
  const budget = { pk: `budget#${record.playbook}#${record.target.account}`, sk: hour }
  const ended = previous && (previous.status === 'released' || previous.status === 'closed')
  const charge = {
    Update: {
      TableName: it.table,
      Key: budget,
      UpdateExpression: 'ADD spent :one SET #ttl = if_not_exists(#ttl, :ttl)',
      ConditionExpression: 'attribute_not_exists(spent) OR spent < :most',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':one': 1, ':most': it.budget, ':ttl': expiresIn(2) },
    },
  }
  const items = [
    { Put: over(record, previous, it) },
    ...(charged ? [charge] : []),
    ...(ended ? [{ Put: { TableName: it.table, Item: archived(previous) } }] : []),
  ]
  if (charged && it.budget === 0) return 'over'
  for (let tries = 1; ; tries++) {
    try {
      await table().send(new TransactWriteCommand({ TransactItems: items }))
      return 'entered'
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error
      const [entry, spent] = (error.CancellationReasons ?? []).map(({ Code }) => Code)
      if (entry === 'ConditionalCheckFailed') return 'taken'
      if (charged && spent === 'ConditionalCheckFailed') return 'over'
      // Two deliveries met at the same items; the SDK does not retry a cancelled transaction.
      if (tries === mostTries) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * tries))
    }
  }
}

/** Writes down what was seen or is proposed; never over a live containment, never twice the same, and no sight over a proposal. */
export async function note(
  record: Containment,
  previous: Containment | undefined,
  it: Settings,
): Promise<boolean> {
  if (previous?.status === record.status && previous.plan.hash === record.plan.hash) return false
  if (previous?.status === 'proposed' && record.status === 'observed') return false
  const put = over(record, previous, it)
  return won(table().send(new PutCommand({ ...put, Item: { ...put.Item, ttl: expiresIn(keepDays) } })))
}

/** What a move may change besides the status; a failure or strays of before are over when it says nothing of them. */
type Also = Partial<Pick<Containment, 'failure' | 'strays' | 'due' | 'after' | 'plan'>>

/** Moves a containment on, if it is still this one and stands where we think. */
export async function move(
  record: Containment,
  from: Status[],
  step: Step,
  also: Also,
  it: Settings,
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
    TableName: it.table,
    Key: { ...keyOf(record.playbook, record.target), sk: 'current' },
    UpdateExpression: `SET #history = list_append(#history, :step), ${sets.map(([key]) => `#${key} = :${key}`).join(', ')}`,
    ConditionExpression: `id = :id AND #status IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
    ExpressionAttributeNames: {
      '#history': 'history',
      ...Object.fromEntries(sets.map(([key]) => [`#${key}`, key])),
    },
    ExpressionAttributeValues: {
      ':id': record.id,
      ':step': [step],
      ...Object.fromEntries(sets.map(([key, value]) => [`:${key}`, value])),
      ...Object.fromEntries(from.map((status, index) => [`:from${index}`, status])),
    },
  })
  return won(table().send(update))
}

/** Writes a notice once, however often it is said. */
export async function tell(notice: Notice, it: Settings): Promise<boolean> {
  const Item = { pk: `notice#${short(notice.id)}`, sk: 'current', ...notice, ttl: expiresIn(noticeDays) }
  return won(
    table().send(
      new PutCommand({ TableName: it.table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
    ),
  )
}

// What may be written over: nothing, what was only seen or proposed, or an ended containment of another event
// (a late duplicate of the old event must not contain again), and only if it is the one we have seen.
function over(record: Containment, previous: Containment | undefined, it: Settings) {
  const Item = { ...keyOf(record.playbook, record.target), sk: 'current', ...record }
  const values = { ':observed': 'observed', ':proposed': 'proposed' }
  const soft = 'attribute_not_exists(pk) OR #status IN (:observed, :proposed)'
  const ended = previous && !isLive(previous) && previous.id !== record.id
  return {
    TableName: it.table,
    Item,
    ConditionExpression: ended ? `${soft} OR (id = :previous AND #status IN (:released, :closed))` : soft,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ...values,
      ...(ended && { ':previous': previous.id, ':released': 'released', ':closed': 'closed' }),
    },
  }
}

const archived = (record: Containment) => ({
  ...record,
  ...keyOf(record.playbook, record.target),
  sk: record.id,
  ttl: expiresIn(keepDays),
})

const won = (write: Promise<unknown>): Promise<boolean> =>
  write.then(
    () => true,
    (error) => {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    },
  )
