import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  DeleteStageCommand,
  GetStageCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  TagResourceCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway'
import { throttleStage } from '../../../playbooks/edge/throttle-stage.ts'
import type { Scene } from '../scene.ts'

const apiName = 'shop-chat'
const stageName = 'prod'

/** A stage with logging and its own limits. For one without settings see test/effect/edge/throttle-stage.test.ts. */
export const scene: Scene = {
  playbook: throttleStage,
  async build() {
    const client = new APIGatewayClient({})
    const { id: restApiId, rootResourceId: resourceId } = await client.send(
      new CreateRestApiCommand({ name: apiName }),
    )
    // Another API whose name has the same prefix.
    await client.send(new CreateRestApiCommand({ name: `${apiName}-test` }))
    const method = { restApiId, resourceId, httpMethod: 'POST' }
    await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }))
    await client.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }))
    const { id: deploymentId } = await client.send(new CreateDeploymentCommand({ restApiId }))
    const stage = { restApiId, stageName }
    await client.send(new CreateStageCommand({ ...stage, deploymentId, tags: { team: 'shop' } }))
    const set = (settings: Record<string, string>) =>
      client.send(
        new UpdateStageCommand({
          ...stage,
          patchOperations: Object.entries(settings).map(([path, value]) => ({ op: 'replace', path, value })),
        }),
      )
    await set({
      '/*/*/logging/loglevel': 'INFO',
      '/*/*/throttling/rateLimit': '500',
      '/*/*/throttling/burstLimit': '1000',
    })
    return {
      target: { account: '123456789012', region: 'us-east-1', apiName, stageName },
      async look() {
        const {
          methodSettings = {},
          tags,
          deploymentId: deployed,
        } = await client.send(new GetStageCommand(stage))
        const { '*/*': settings = 'none', ...others } = methodSettings
        return { settings, others, tags, deployed: deployed === deploymentId }
      },
      async protect() {
        const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/${stageName}`
        await client.send(new TagResourceCommand({ resourceArn, tags: { 'portcullis:protected': 'true' } }))
      },
      async meddle() {
        await set({ '/*/*/throttling/rateLimit': '2' })
      },
      async destroy() {
        await client.send(new DeleteStageCommand(stage))
      },
    }
  },
}
