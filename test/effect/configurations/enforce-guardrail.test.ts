import {
  BedrockClient,
  CreateGuardrailVersionCommand,
  DeleteGuardrailCommand,
  type AccountEnforcedGuardrailInferenceInputConfiguration as Enforced,
  ListEnforcedGuardrailsConfigurationCommand,
  PutEnforcedGuardrailConfigurationCommand,
} from '@aws-sdk/client-bedrock'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { enforceGuardrail } from '../../../playbooks/configurations/enforce-guardrail.ts'
import { partsOfEnforcement } from '../../../playbooks/configurations/enforcement-strength.ts'
import { startCloud } from '../../cloud.ts'
import { sign } from '../../scenes/configurations/baseline-parts.ts'
import { guardrail, strong } from '../../scenes/configurations/guardrail-parts.ts'
import { doorOf } from '../attacker.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

const door = doorOf(enforceGuardrail)
const bedrock = () => new BedrockClient({})
const selectiveContentGuarding = { system: 'SELECTIVE', messages: 'COMPREHENSIVE' } as const
let ours: { id: string; arn: string }
let other: { id: string; arn: string }

const present = async () =>
  (await bedrock().send(new ListEnforcedGuardrailsConfigurationCommand({}))).guardrailsConfig?.[0]

async function set(guardrailInferenceConfig: Enforced) {
  const configId = (await present())?.configId
  await bedrock().send(
    new PutEnforcedGuardrailConfigurationCommand({ ...(configId && { configId }), guardrailInferenceConfig }),
  )
}

beforeEach(async () => {
  await cloud.reset()
  ours = await guardrail(bedrock())
  other = await guardrail(bedrock(), { ...strong, name: 'other' })
  await bedrock().send(new CreateGuardrailVersionCommand({ guardrailIdentifier: ours.id }))
  const document = partsOfEnforcement({
    guardrailArn: ours.arn,
    guardrailVersion: '2',
    selectiveContentGuarding,
  })
  await sign({ kind: 'enforced-guardrail', document })
})

const signed = () => ({ guardrailIdentifier: ours.arn, guardrailVersion: '2', selectiveContentGuarding })

test.each<[string, () => Enforced]>([
  ['another guardrail', () => ({ ...signed(), guardrailIdentifier: other.arn, guardrailVersion: '1' })],
  ['another version', () => ({ ...signed(), guardrailVersion: '1' })],
  ['fewer messages', () => ({ ...signed(), selectiveContentGuarding: { messages: 'SELECTIVE' } })],
  [
    'some models only',
    () => ({
      ...signed(),
      modelEnforcement: { includedModels: ['amazon.titan-text-lite-v1'], excludedModels: [] },
    }),
  ],
])('an account that enforces %s enforces the baseline until the release', async (_how, weakened) => {
  await set(weakened())
  const before = await present()
  const contained = await door.contain({})
  expect(contained.status, contained.why).toBe('contained')
  const it = await present()
  expect(it).toMatchObject({ guardrailId: ours.id, guardrailVersion: '2', configId: before?.configId })
  expect(it?.selectiveContentGuarding?.messages).toBe('COMPREHENSIVE')
  expect(it?.modelEnforcement).toBeUndefined()
  expect((await door.release(contained)).status).toBe('released')
  expect(await present()).toEqual(before)
})

test('an enforcement that is stronger than the baseline is kept', async () => {
  await set({ ...signed(), selectiveContentGuarding: { system: 'COMPREHENSIVE', messages: 'COMPREHENSIVE' } })
  expect((await door.contain({})).status).toBe('observed')
  await set({ ...signed(), guardrailVersion: '1', selectiveContentGuarding: { system: 'COMPREHENSIVE' } })
  expect((await door.contain({})).status).toBe('contained')
  expect((await present())?.selectiveContentGuarding).toEqual({
    system: 'COMPREHENSIVE',
    messages: 'COMPREHENSIVE',
  })
})

test('a guardrail that does not exist is not enforced, since that would stop all inference', async () => {
  await bedrock().send(new DeleteGuardrailCommand({ guardrailIdentifier: ours.id }))
  const outcome = await door.contain({})
  expect(outcome).toMatchObject({
    status: 'failed',
    why: expect.stringContaining('would stop all inference'),
  })
  expect(await present()).toBeUndefined()
})
