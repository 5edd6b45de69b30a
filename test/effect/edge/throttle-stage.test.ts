import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  GetStageCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway'
import { afterAll, expect, test } from 'vitest'
import { type Context, completeState } from '../../../engine/playbook.ts'
import type { Target } from '../../../engine/target.ts'
import { startEmulators } from '../../../local/emulators.ts'
import { throttleStage } from '../../../playbooks/edge/throttle-stage.ts'

// On MiniStack 1.5.33: moto 5.2.5 answers a removal of settings with success and removes nothing.
const emulators = await startEmulators({ only: 'ministack' })
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const apigateway = new APIGatewayClient({ endpoint: emulators.ministack, region: 'us-east-1', credentials })
afterAll(() => emulators.stop())

const context = { prefix: 'portcullis-test' } as Context
const read = async (target: Target<'apiName' | 'stageName'>) =>
  completeState(await throttleStage.read(target, { apigateway }, context))

async function apiNamed(name: string) {
  const { id: restApiId, rootResourceId: resourceId } = await apigateway.send(
    new CreateRestApiCommand({ name }),
  )
  const method = { restApiId, resourceId, httpMethod: 'GET' }
  const ok = { ...method, statusCode: '200' }
  const requestTemplates = { 'application/json': '{"statusCode": 200}' }
  await apigateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }))
  await apigateway.send(new PutMethodResponseCommand(ok))
  await apigateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK', requestTemplates }))
  await apigateway.send(new PutIntegrationResponseCommand(ok))
  const { id: deploymentId } = await apigateway.send(new CreateDeploymentCommand({ restApiId }))
  const stage = { restApiId, stageName: 'prod' }
  await apigateway.send(new CreateStageCommand({ ...stage, deploymentId }))
  const target = { account: '123456789012', region: 'us-east-1', apiName: name, stageName: 'prod' }
  return {
    id: restApiId ?? '',
    read: () => read(target),
    write: (state: Awaited<ReturnType<typeof read>>) =>
      throttleStage.write(target, state, { apigateway }, context),
    settings: async () => (await apigateway.send(new GetStageCommand(stage))).methodSettings ?? {},
    set: (path: string, value: string) =>
      apigateway.send(
        new UpdateStageCommand({ ...stage, patchOperations: [{ op: 'replace', path, value }] }),
      ),
    /** The number of concurrent requests that are answered. */
    async flood(requests: number) {
      const url = `${emulators.ministack}/restapis/${restApiId}/prod/_user_request_/`
      const all = await Promise.all(Array.from({ length: requests }, () => fetch(url)))
      return all.filter(({ status }) => status === 200).length
    },
  }
}

test('a flood is throttled until the release', async () => {
  const api = await apiNamed('flooded')
  expect(await api.flood(100)).toBe(100)
  const before = await api.read()
  expect(before).toEqual({ api: api.id, settings: 'none', rate: null, burst: null })

  const after = throttleStage.contain(before, context)
  await api.write(after)
  await api.write(after)
  expect(await api.read()).toEqual(after)
  const answered = await api.flood(100)
  expect(answered).toBeGreaterThan(0)
  expect(answered).toBeLessThan(60)

  await api.write(before)
  await api.write(before)
  expect(await api.read()).toEqual(before)
  expect(await api.settings()).toEqual({})
  expect(await api.flood(100)).toBe(100)
})

test('a setting that is changed in the meantime is detected and kept', async () => {
  const api = await apiNamed('watched')
  const after = throttleStage.contain(await api.read(), context)
  await api.write(after)
  await api.set('/*/*/logging/loglevel', 'INFO')
  await api.set('/~1chat/POST/throttling/rateLimit', '1')
  expect(await api.read()).toEqual({ ...after, settings: 'more' })

  await api.write({ api: api.id, settings: 'more', rate: null, burst: null })
  expect(await api.read()).toEqual({ api: api.id, settings: 'more', rate: null, burst: null })
  expect(await api.settings()).toMatchObject({
    '*/*': { loggingLevel: 'INFO', throttlingRateLimit: -1, throttlingBurstLimit: -1 },
    '/chat/POST': { throttlingRateLimit: 1 },
  })
})

test.each([
  [
    { settings: 'none', rate: null, burst: null },
    { settings: 'throttling', rate: 5, burst: 10 },
  ],
  [
    { settings: 'more', rate: 10_000, burst: 5_000 },
    { settings: 'more', rate: 5, burst: 10 },
  ],
  [
    { settings: 'throttling', rate: 1, burst: 50 },
    { settings: 'throttling', rate: 1, burst: 10 },
  ],
  [
    { settings: 'throttling', rate: 0, burst: 0 },
    { settings: 'throttling', rate: 0, burst: 0 },
  ],
] as const)('%j becomes %j', (before, after) => {
  const api = 'a1b2c3d4e5'
  expect(throttleStage.contain({ api, ...before }, context)).toEqual({ api, ...after })
})

test('a missing API is reported as gone, and an ambiguous name is an error', async () => {
  const api = await apiNamed('twin')
  await apiNamed('twin')
  await expect(api.read()).rejects.toThrow(/are both named twin/)
  const nowhere = { account: '123456789012', region: 'us-east-1', apiName: 'nowhere', stageName: 'prod' }
  await expect(read(nowhere)).rejects.toMatchObject({ name: 'Gone' })
})

test('the API is found among many', async () => {
  for (let n = 0; n < 30; n++) await apigateway.send(new CreateRestApiCommand({ name: `crowd-${n}` }))
  const api = await apiNamed('last')
  expect(await api.read()).toEqual({ api: api.id, settings: 'none', rate: null, burst: null })
})
