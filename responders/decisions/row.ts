import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Decision } from '../../engine/journal/record.ts'
import { expiresIn, keepDays, table } from '../../lib/dynamodb/table.ts'
import { type Items, transact } from '../../lib/dynamodb/transact.ts'

/** What a decision says of itself until it is known what became of it. */
export const underWay = 'It is being carried out.'

const keyOf = (incident: string, { at, id }: Pick<Decision, 'at' | 'id'>) => ({
  pk: `incident#${incident}`,
  sk: `decision#${at}#${id}`,
})

/** A decision as it was written down; nothing when it was not. */
export async function findRow(
  incident: string,
  order: Pick<Decision, 'at' | 'id'>,
  TableName: string,
): Promise<Decision | undefined> {
  const get = new GetCommand({ TableName, Key: keyOf(incident, order), ConsistentRead: true })
  return (await table().send(get)).Item as Decision | undefined
}

/** Writes a decision down once, with what must be true for it. Gives whether it was written. */
export async function openRow(
  incident: string,
  decision: Decision,
  TableName: string,
  also: Items = [],
): Promise<boolean> {
  const Item = { ...keyOf(incident, decision), ...decision, ttl: expiresIn(keepDays) }
  const put = { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } }
  return (await transact([put, ...also])).length === 0
}

/** Writes down what became of it. */
export async function closeRow(incident: string, decision: Decision, TableName: string): Promise<void> {
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
