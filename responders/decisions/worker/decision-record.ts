import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Decision } from '../../../engine/journal/record.ts'
import { expiresIn, keepDays, table } from '../../../lib/dynamodb/table.ts'
import { type Items, transact } from '../../../lib/dynamodb/transact.ts'

/** The `says` of a decision until its outcome is known. It is stored and compared, so the text must not change. */
export const inProgress = 'It is being carried out.'

const keyOf = (incident: string, { at, id }: Pick<Decision, 'at' | 'id'>) => ({
  pk: `incident#${incident}`,
  sk: `decision#${at}#${id}`,
})

/** The recorded decision of an order; undefined when there is none. */
export async function findDecision(
  incident: string,
  order: Pick<Decision, 'at' | 'id'>,
  TableName: string,
): Promise<Decision | undefined> {
  const get = new GetCommand({ TableName, Key: keyOf(incident, order), ConsistentRead: true })
  return (await table().send(get)).Item as Decision | undefined
}

/** Records a decision once, in one transaction with `also`. Returns whether it was written. */
export async function recordDecision(
  incident: string,
  decision: Decision,
  TableName: string,
  also: Items = [],
): Promise<boolean> {
  const Item = { ...keyOf(incident, decision), ...decision, ttl: expiresIn(keepDays) }
  const put = { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } }
  return (await transact([put, ...also])).length === 0
}

/** Records the outcome of a decision. Throws when the decision was not recorded. */
export async function recordOutcome(incident: string, decision: Decision, TableName: string): Promise<void> {
  await table().send(
    new UpdateCommand({
      TableName,
      Key: keyOf(incident, decision),
      UpdateExpression: 'SET outcome = :outcome, says = :says',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':outcome': decision.outcome, ':says': decision.says },
    }),
  )
}
