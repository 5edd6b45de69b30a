import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { By } from '../../engine/command.ts'
import { pauseKey } from '../../engine/journal/pause.ts'
import type { Decision, Notice } from '../../engine/journal/record.ts'
import { type Duration, milliseconds } from '../../engine/rule.ts'
import { expiresIn, keepNoticeDays, table } from '../../lib/dynamodb/table.ts'
import { transact } from '../../lib/dynamodb/transact.ts'
import { isSpan } from './authorize.ts'
import type { Order } from './order.ts'

/** A pause always ends: what nobody remembers to switch on again would stay off. */
const usual: Duration = '1h'

/** Holds every playbook back, or one, for an hour unless told; or lets it go. Told in the same write, once an order. */
export async function pause(
  order: Order,
  by: By,
  TableName: string,
  now: Date,
): Promise<Pick<Decision, 'outcome' | 'says'>> {
  const { id, verb, playbook } = order
  const lasts = order.for ?? usual
  if (!isSpan(lasts)) return { outcome: 'refused', says: 'A pause lasts from 1m to 7d.' }
  const until = new Date(now.getTime() + milliseconds(lasts)).toISOString()
  const on = verb === 'pause'
  const what = playbook ?? 'Every playbook'
  const does = on ? `only observes until ${until}` : 'does again what its rules say'
  const says = `${what} ${does}, says ${by.who}${order.reason ? `: ${order.reason}` : '.'}`
  const kind = on ? ('paused' as const) : ('resumed' as const)
  const notice: Notice = { id, kind, playbook: playbook ?? 'all', rule: by.who, says, at: now.toISOString() }
  const Item = { pk: `notice#${id}`, sk: 'current', ...notice, ttl: expiresIn(keepNoticeDays) }

  // A map must be there before something can be put into it.
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
    : { outcome: 'late', says: 'That was done already.' }
}
