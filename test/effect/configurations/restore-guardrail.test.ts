import {
  BedrockClient,
  CreateGuardrailVersionCommand,
  DeleteGuardrailCommand,
  GetGuardrailCommand,
  ListGuardrailsCommand,
  UpdateGuardrailCommand,
} from '@aws-sdk/client-bedrock'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { completeState } from '../../../engine/playbook.ts'
import { partsOfGuardrail } from '../../../playbooks/configurations/guardrail-document.ts'
import { restoreGuardrail } from '../../../playbooks/configurations/restore-guardrail.ts'
import { account, prefix, region, startCloud } from '../../cloud.ts'
import { sign } from '../../scenes/configurations/baseline-parts.ts'
import { guardrail, strong, weakened } from '../../scenes/configurations/guardrail-parts.ts'
import { doorOf } from '../attacker.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

const door = doorOf(restoreGuardrail)
const bedrock = () => new BedrockClient({})
let guardrailId: string

const present = async (guardrailVersion?: string) => {
  const asked = { guardrailIdentifier: guardrailId, ...(guardrailVersion && { guardrailVersion }) }
  return bedrock().send(new GetGuardrailCommand(asked))
}
const versions = async () => {
  const asked = new ListGuardrailsCommand({ guardrailIdentifier: guardrailId })
  return ((await bedrock().send(asked)).guardrails ?? []).map(({ version }) => version)
}
const set = (it: typeof strong) =>
  bedrock().send(new UpdateGuardrailCommand({ ...it, guardrailIdentifier: guardrailId }))

beforeEach(async () => {
  await cloud.reset()
  guardrailId = (await guardrail(bedrock())).id
  await sign({ kind: 'guardrail', id: guardrailId, document: partsOfGuardrail(await present()) })
})

test('weakened parts are restored to the baseline, and stronger ones are kept', async () => {
  await set(weakened)
  const contained = await door.contain({ guardrailId })
  expect(contained.status, contained.why).toBe('contained')

  const it = await present()
  expect(it.contentPolicy?.filters).toEqual([
    { type: 'HATE', inputStrength: 'HIGH', outputStrength: 'HIGH', inputAction: 'BLOCK' },
    { type: 'PROMPT_ATTACK', inputStrength: 'HIGH', outputStrength: 'NONE', inputEnabled: true },
  ])
  expect(it.contentPolicy?.tier).toEqual({ tierName: 'STANDARD' })
  expect(it.crossRegionDetails?.guardrailProfileId).toBe('us.guardrail.v1:0')
  expect(it.topicPolicy?.topics).toEqual([
    {
      name: 'Investment advice',
      definition: 'What to do with money.',
      examples: ['Shall I buy gold?'],
      type: 'DENY',
    },
    { name: 'Lottery', definition: 'Numbers to bet on.', type: 'DENY' },
  ])
  expect(it.wordPolicy).toEqual({
    words: [{ text: 'acme rival' }],
    managedWordLists: [{ type: 'PROFANITY' }],
  })
  expect(it.sensitiveInformationPolicy?.piiEntities).toEqual([
    { type: 'AWS_SECRET_KEY', action: 'BLOCK' },
    { type: 'EMAIL', action: 'BLOCK' },
  ])
  expect(it.sensitiveInformationPolicy?.regexes).toEqual(
    strong.sensitiveInformationPolicyConfig?.regexesConfig,
  )
  expect(it.contextualGroundingPolicy?.filters).toEqual([{ type: 'GROUNDING', threshold: 0.75 }])
  expect(it.automatedReasoningPolicy).toEqual(strong.automatedReasoningPolicyConfig)
  expect(it.blockedInputMessaging, 'not compared and not lost').toBe('Sorry.')
  expect(await versions()).toEqual(['DRAFT', '1', '2'])
  expect((await present('2')).topicPolicy).toEqual(it.topicPolicy)

  await door.contain({ guardrailId })
  expect(await versions(), 'one version for one containment').toEqual(['DRAFT', '1', '2'])
  expect((await door.release(contained)).status).toBe('released')
  const released = partsOfGuardrail(await present())
  await set(weakened)
  expect(released).toEqual(partsOfGuardrail(await present()))
  expect(await versions(), 'a weak draft gets no version').toEqual(['DRAFT', '1', '2'])
})

test('a repeated write creates no second version', async () => {
  await set(weakened)
  const target = { account, region, guardrailId }
  const context = { containment: 'c-1', incident: 'inc-1', at: new Date().toISOString(), prefix }
  const clients = { bedrock: bedrock() }
  const found = await completeState(await restoreGuardrail.read(target, clients, context))
  const restored = restoreGuardrail.contain(found, context)
  for (let times = 0; times < 3; times++) await restoreGuardrail.write(target, restored, clients, context)
  expect(await versions()).toEqual(['DRAFT', '1', '2'])
})

test('a guardrail that is stronger than its baseline is not changed', async () => {
  const { contentPolicyConfig, ...rest } = strong
  const filtersConfig = contentPolicyConfig?.filtersConfig?.map((one) => ({
    ...one,
    outputStrength: 'HIGH' as const,
  }))
  await set({ ...rest, contentPolicyConfig: { ...contentPolicyConfig, filtersConfig } })
  const before = await present()
  const outcome = await door.contain({ guardrailId })
  expect(outcome).toMatchObject({ status: 'observed', why: 'There is nothing left to change.' })
  expect({ ...(await present()), $metadata: 0 }).toEqual({ ...before, $metadata: 0 })
  expect(await versions()).toEqual(['DRAFT', '1'])
})

test('useless parts do not displace the baseline', async () => {
  const topicsConfig = Array.from({ length: 30 }, (_, n) => ({
    name: `Nonsense ${n}`,
    definition: 'A useless topic.',
    type: 'DENY' as const,
  }))
  await set({ ...weakened, topicPolicyConfig: { topicsConfig } })
  expect((await door.contain({ guardrailId })).status).toBe('contained')
  const names = (await present()).topicPolicy?.topics?.map(({ name }) => name)
  expect(names).toHaveLength(30)
  expect(names).toContain('Investment advice')
})

test('the draft is restored when the limit of versions is reached, and the containment fails', async () => {
  for (let n = 1; n < 20; n++)
    await bedrock().send(new CreateGuardrailVersionCommand({ guardrailIdentifier: guardrailId }))
  await set(weakened)
  const outcome = await door.contain({ guardrailId })
  expect(outcome).toMatchObject({ status: 'failed', why: expect.stringContaining('has 20 versions') })
  expect((await present()).wordPolicy?.words).toEqual([{ text: 'acme rival' }])
})

test('the message for a deleted guardrail says that a new one has a new id', async () => {
  await bedrock().send(new DeleteGuardrailCommand({ guardrailIdentifier: guardrailId }))
  const outcome = await door.contain({ guardrailId })
  expect(outcome).toMatchObject({ status: 'guarded', why: expect.stringContaining('Create a new one') })
})
