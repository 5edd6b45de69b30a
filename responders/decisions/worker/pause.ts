import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { By } from '../../../engine/command.ts'
import { pauseKey } from '../../../engine/journal/pause.ts'
import type { Decision, Notice } from '../../../engine/journal/record.ts'
import { type Duration, milliseconds } from '../../../engine/rule.ts'
import { expiresIn, keepNoticeDays, table } from '../../../lib/dynamodb/table.ts'
import { transact } from '../../../lib/dynamodb/transact.ts'
import { isAllowedDuration } from '../authorize/authorize.ts'
import type { Order } from '../order.ts'

/** A pause always ends by itself, so a forgotten one cannot leave the playbooks off. */
const defaultDuration: Duration = '1h'

/**
 * Pauses all playbooks, or one, for an hour unless the order says otherwise; or resumes them. The notice is written in
 * the same transaction, once for each order.
 */
export async function pause(
  order: Order,
  by: By,
  TableName: string,
  now: Date,
): Promise<Pick<Decision, 'outcome' | 'says'>> {
  const { id, verb, playbook } = order
  const duration = order.for ?? defaultDuration
  if (!isAllowedDuration(duration)) return { outcome: 'refused', says: 'A pause lasts 1m to 7d.' }
  const until = new Date(now.getTime() + milliseconds(duration)).toISOString()
  const on = verb === 'pause'
  const scope = playbook ? `Rules with ${playbook}` : 'All rules'
  const effect = on ? `only observe until ${until}. Paused` : 'follow their mode again. Resumed'
  const says = `${scope} ${effect} by ${by.who}${order.reason ? `: ${order.reason}` : '.'}`
  const kind = on ? ('paused' as const) : ('resumed' as const)
  const notice: Notice = { id, kind, playbook: playbook ?? 'all', rule: by.who, says, at: now.toISOString() }
  const Item = { pk: `notice#${id}`, sk: 'current', ...notice, ttl: expiresIn(keepNoticeDays) }

  // DynamoDB writes into a map only if the map exists.
  await table().send(
    new UpdateCommand({
      TableName,
      Key: pauseKey,
      UpdateExpression: 'SET paused = if_not_exists(paused, :none)',
      ExpressionAttributeValues: { ':none': {} },
    }),
  )
  const refused = await transact([
    { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
    {
      Update: {
        TableName,
        Key: pauseKey,
        UpdateExpression: on ? 'SET paused.#key = :pause' : 'REMOVE paused.#key',
        ExpressionAttributeNames: { '#key': playbook ?? 'all' },
        ...(on && { ExpressionAttributeValues: { ':pause': { until, by } } }),
      },
    },
  ])
  return refused.length === 0
    ? { outcome: 'done', says }
    : { outcome: 'late', says: 'This order was carried out before.' }
}
