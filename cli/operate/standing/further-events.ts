import { BatchGetCommand } from '@aws-sdk/lib-dynamodb'
import type { Containment } from '../../../engine/journal/record.ts'
import { table } from '../../../lib/dynamodb/table.ts'

/** Keys per request. Source: DynamoDB API reference, BatchGetItem. */
const maxKeys = 100

/** Returns a function that counts the further events for which a containment's playbook was called in its incident. */
export async function furtherEvents(
  containments: readonly Containment[],
  name: string,
): Promise<(one: Containment) => number> {
  const found = new Map<string, number>()
  const keys = [...new Map(containments.map((one) => [keyOf(one), rowOf(one)])).values()]
  while (keys.length > 0) {
    const asked = new BatchGetCommand({ RequestItems: { [name]: { Keys: keys.splice(0, maxKeys) } } })
    const { Responses, UnprocessedKeys } = await table().send(asked)
    for (const { pk, sk, seen } of Responses?.[name] ?? []) found.set(`${pk}|${sk}`, seen?.size ?? 0)
    keys.push(...((UnprocessedKeys?.[name]?.Keys ?? []) as typeof keys))
  }
  // An incident keeps one set of events per playbook: it is counted for the first of the playbook's containments.
  const first = new Map(containments.toReversed().map((one) => [keyOf(one), one.id]))
  return (one) => (first.get(keyOf(one)) === one.id ? (found.get(keyOf(one)) ?? 0) : 0)
}

const rowOf = ({ incident, playbook }: Containment) => ({ pk: `events#${incident}`, sk: playbook })
const keyOf = ({ incident, playbook }: Containment): string => `events#${incident}|${playbook}`
