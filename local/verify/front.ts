import { APIGatewayClient, GetRestApisCommand, GetStageCommand } from '@aws-sdk/client-api-gateway'
import { rate } from '../seed/front.ts'
import type { VerifiedFact } from './verified-fact.ts'

/** Whether the stage's limits are below those it was seeded with. */
export async function throttled({ apiName = '', stageName = '' }): Promise<VerifiedFact[]> {
  const gateway = new APIGatewayClient({})
  const { items = [] } = await gateway.send(new GetRestApisCommand({}))
  const restApiId = items.find(({ name }) => name === apiName)?.id
  const { methodSettings } = await gateway.send(new GetStageCommand({ restApiId, stageName }))
  const now = methodSettings?.['*/*']?.throttlingRateLimit ?? Number.POSITIVE_INFINITY
  return [{ says: `${apiName}/${stageName} takes ${now} requests a second, not ${rate}`, holds: now < rate }]
}
