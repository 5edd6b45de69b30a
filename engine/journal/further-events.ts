import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { conditionalWrite } from '../../lib/dynamodb/conditional-write.ts'
import { expiresIn, table } from '../../lib/dynamodb/table.ts'
import type { Cause } from '../new-record.ts'
import type { Settings } from '../settings.ts'
import type { Containment } from './record.ts'

/** A flood is told by its beginning; an item has room for so many. */
const most = 200
const keepDays = 400

/** Writes down a further event about what is contained already: once, however often it is delivered. */
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
    ExpressionAttributeValues: { ':line': new Set([line]), ':most': most, ':ttl': expiresIn(keepDays) },
  })
  await conditionalWrite(table().send(update))
}
