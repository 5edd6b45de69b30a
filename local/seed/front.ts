import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway'
import { BedrockClient, CreateGuardrailCommand } from '@aws-sdk/client-bedrock'
import type { Seeded } from './seeded.ts'

/** The rate limit of the chatbot's API stage, in requests per second. */
export const rate = 200

/** The chatbot's API, with a throttled stage. */
export async function seedApi(): Promise<Seeded['api']> {
  const gateway = new APIGatewayClient({})
  const api = { name: 'chat', stage: 'prod' }
  const { id: restApiId = '' } = await gateway.send(new CreateRestApiCommand({ name: api.name }))
  const { items } = await gateway.send(new GetResourcesCommand({ restApiId }))
  const method = { restApiId, resourceId: items?.[0]?.id ?? '', httpMethod: 'POST' }
  await gateway.send(new PutMethodCommand({ ...method, authorizationType: 'AWS_IAM' }))
  await gateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }))
  await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: api.stage }))
  const limits = { rateLimit: `${rate}`, burstLimit: `${2 * rate}` }
  const patchOperations = Object.entries(limits).map(([name, value]) => ({
    op: 'replace' as const,
    path: `/*/*/throttling/${name}`,
    value,
  }))
  await gateway.send(new UpdateStageCommand({ restApiId, stageName: api.stage, patchOperations }))
  return { id: restApiId, ...api }
}

/** The model's guardrail, which blocks prompt attacks in the input. */
export async function seedGuardrail(): Promise<Seeded['guardrail']> {
  const filter = {
    type: 'PROMPT_ATTACK' as const,
    inputStrength: 'HIGH' as const,
    outputStrength: 'NONE' as const,
  }
  const { guardrailId, guardrailArn } = await new BedrockClient({}).send(
    new CreateGuardrailCommand({
      name: 'chat',
      blockedInputMessaging: 'I cannot help with that.',
      blockedOutputsMessaging: 'I cannot help with that.',
      contentPolicyConfig: { filtersConfig: [filter] },
    }),
  )
  return { id: guardrailId ?? '', arn: guardrailArn ?? '' }
}
