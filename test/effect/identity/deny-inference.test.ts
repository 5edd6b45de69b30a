import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { denyInference } from '../../../playbooks/identity/deny-inference.ts'
import { inferenceActions, inferencePolicy } from '../../../playbooks/identity/inference-actions.ts'
import { startCloud } from '../../cloud.ts'
import { deployPolicy } from '../../scenes/identity/deny-inference.ts'
import { doorOf, invokes, keyOf, roleNamed, sessionOf, tried } from '../attacker.ts'

const cloud = await startCloud()
const door = doorOf(denyInference)
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await deployPolicy(new IAMClient({}))
})

const thieves = {
  'role/rag-indexer': async () => {
    await roleNamed('rag-indexer')
    return sessionOf('rag-indexer', 'mallory')
  },
  'user/ci-deployer': () => keyOf('ci-deployer'),
}

// moto 5.2.5 enforces actions and resources of identity policies, and this policy has nothing else.
test.each(Object.entries(thieves))('%s cannot run a model until it is released', async (principal, steal) => {
  const loot = await steal()
  const bystander = await keyOf('bystander')
  expect(await invokes(cloud, loot)).toBe('answered')

  const outcome = await door.contain({ principal })
  expect(outcome.status, outcome.why).toBe('contained')
  expect(await invokes(cloud, loot)).toBe('AccessDenied')

  const lists = () => new IAMClient({ credentials: loot }).send(new ListUsersCommand({}))
  expect(await tried(cloud, lists), 'other calls').toBe('answered')
  expect(await invokes(cloud, bystander), 'another principal').toBe('answered')

  expect((await door.release(outcome)).status).toBe('released')
  expect(await invokes(cloud, loot)).toBe('answered')
})

test.each([
  ['service-linked', '/aws-service-role/sagemaker.amazonaws.com/', 'AWSServiceRoleForAmazonSageMaker'],
  ['identity-center', '/aws-reserved/sso.amazonaws.com/', 'AWSReservedSSO_Admin_0123456789abcdef'],
])('a %s role is not changed', async (guard, path, name) => {
  await roleNamed(name, path)
  const outcome = await door.contain({ principal: `role/${name}` })
  expect(outcome.status).toBe('guarded')
  expect((await cloud.notices()).map(({ id }) => id.split('#')[2])).toEqual([guard])
})

describe('the policy', () => {
  const denies = (action: string) =>
    inferenceActions.some((one) => new RegExp(`^${one.replaceAll('*', '.*')}$`).test(action))

  test('is accepted by IAM', () => {
    // IAM and AWS STS quotas: a managed policy may have 6,144 characters.
    expect(JSON.stringify(inferencePolicy()).length).toBeLessThan(6144)
    for (const action of inferenceActions) expect(action).toMatch(/^[a-z-]+:[A-Z]\w+\*?$/)
  })

  // The actions that run a model in the Service Authorization Reference; Converse has no action of its own.
  test.each([
    'bedrock:InvokeModel',
    'bedrock:InvokeModelWithResponseStream',
    'bedrock:InvokeAgent',
    'bedrock:InvokeInlineAgent',
    'bedrock:InvokeFlow',
    'bedrock:CallWithBearerToken',
    'bedrock-mantle:CreateInference',
    'bedrock-mantle:CallWithBearerToken',
    'bedrock-agentcore:InvokeAgentRuntimeForUser',
    'aws-external-anthropic:CreateInference',
    'sagemaker:InvokeEndpointWithResponseStream',
  ])('denies %s', (action) => expect(denies(action)).toBe(true))

  test.each([
    'bedrock:ListFoundationModels',
    'bedrock:Retrieve',
    'bedrock:StopModelInvocationJob',
    's3:GetObject',
  ])('does not deny %s', (action) => expect(denies(action)).toBe(false))
})
