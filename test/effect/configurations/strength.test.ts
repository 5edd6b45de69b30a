import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { storedDraftOf } from '../../../local/guardrails/store.ts'
import {
  enforcementKinds,
  enforcementOf,
  partsOfEnforcement,
} from '../../../playbooks/configurations/enforcement-strength.ts'
import { guardrailPolicies, partsOfGuardrail } from '../../../playbooks/configurations/guardrail-document.ts'
import { guardrailKinds } from '../../../playbooks/configurations/guardrail-strength.ts'
import {
  loggingKinds,
  loggingOf,
  partsOfLogging,
} from '../../../playbooks/configurations/logging-strength.ts'
import {
  type Kinds,
  type Parts,
  partsOf,
  stronger,
  textsOf,
  weaker,
} from '../../../playbooks/configurations/strength.ts'
import { strong } from '../../scenes/configurations/guardrail-parts.ts'

const strengths = fc.constantFrom('NONE', 'LOW', 'MEDIUM', 'HIGH')
const blocks = fc.constantFrom('NONE', 'BLOCK')
const actions = fc.constantFrom('NONE', 'ANONYMIZE', 'BLOCK')
const modalities = fc.subarray(['TEXT', 'IMAGE'])
const sides = (of: fc.Arbitrary<string>) => ({
  inputAction: of,
  outputAction: of,
  inputEnabled: fc.boolean(),
  outputEnabled: fc.boolean(),
})
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, requiredKeys: (keyof T)[] = []) =>
  fc.record(model, { requiredKeys })

/** Texts have no order: here, parts of the same name have the same text. */
const guardrails = some<Record<string, object>>({
  'content HATE': some({
    inputStrength: strengths,
    outputStrength: strengths,
    inputModalities: modalities,
    outputModalities: modalities,
    ...sides(blocks),
  }),
  'topic Advice': some({ definition: fc.constant('What to do.'), ...sides(blocks) }, ['definition']),
  'word rival': some(sides(blocks)),
  'pii EMAIL': some({ action: actions, ...sides(actions) }, ['action']),
  'regex order': some({ pattern: fc.constant('SO'), action: actions, ...sides(actions) }, [
    'pattern',
    'action',
  ]),
  'grounding GROUNDING': some({
    threshold: fc.double({ min: 0, max: 0.99, noNaN: true }),
    enabled: fc.boolean(),
  }),
  'reasoning arn': fc.constant({}),
  'tier content': fc.record({ tierName: fc.constantFrom('CLASSIC', 'STANDARD') }),
}) as fc.Arbitrary<Parts>
const flag = fc.boolean()
const logs = some<Record<string, object>>({
  cloudwatch: fc.constant({ logGroupName: 'invocations', roleArn: 'arn' }),
  s3: fc.constant({ bucketName: 'prompts' }),
  delivery: some({
    textDataDeliveryEnabled: flag,
    imageDataDeliveryEnabled: flag,
    audioDataDeliveryEnabled: flag,
  }),
}) as fc.Arbitrary<Parts>
const guarding = fc.constantFrom('SELECTIVE', 'COMPREHENSIVE')
const enforced = some<Record<string, object>>({
  enforced: some(
    { guardrail: fc.constant('arn'), version: fc.constant('1'), system: guarding, messages: guarding },
    ['guardrail', 'version'],
  ),
}) as fc.Arbitrary<Parts>

describe.each<[string, fc.Arbitrary<Parts>, Kinds]>([
  ['guardrails', guardrails, guardrailKinds],
  ['logging', logs, loggingKinds],
  ['enforcement', enforced, enforcementKinds],
])('%s', (_name, arbitrary, kinds) => {
  const joined = (a: Parts, b: Parts) => stronger(a, b, kinds)
  const pairs = (hold: (a: Parts, b: Parts) => void) =>
    fc.assert(fc.property(arbitrary, arbitrary, hold), { numRuns: 1000 })

  test('the join of two is as strong as both', () => {
    pairs((a, b) => {
      expect(weaker(joined(a, b), a, kinds)).toEqual([])
      expect(weaker(joined(a, b), b, kinds)).toEqual([])
    })
  })

  test('to join one of the two again changes nothing', () => {
    pairs((a, b) => {
      const stronger = joined(a, b)
      expect(weaker(stronger, joined(b, stronger), kinds)).toEqual([])
    })
  })

  test('the join is idempotent', () => {
    pairs((a, b) => {
      expect(joined(joined(a, b), b)).toEqual(joined(a, b))
      expect(joined(a, a)).toEqual(a)
    })
  })

  test('the join is as strong in either order', () => {
    pairs((a, b) => {
      expect(weaker(joined(a, b), joined(b, a), kinds)).toEqual([])
      expect(weaker(joined(b, a), joined(a, b), kinds)).toEqual([])
    })
  })

  test('a configuration as strong as the baseline is not changed', () => {
    pairs((a, b) => {
      const stronger = joined(a, b)
      expect(joined(stronger, b)).toEqual(stronger)
      if (weaker(a, b, kinds).length === 0) expect(joined(a, b)).toEqual(a)
    })
  })

  test('a state keeps every part', () => {
    pairs((a) => {
      expect(partsOf(textsOf(a))).toEqual(a)
    })
  })
})

test('texts are restored as signed, including examples', () => {
  const signed = { 'topic Advice': { definition: 'What to do.', type: 'DENY' } }
  const found = { 'topic Advice': { definition: 'Nothing.', examples: ['Hello'], type: 'DENY' } }
  expect(weaker(found, signed, guardrailKinds)).toEqual([
    'topic Advice: definition',
    'topic Advice: examples',
  ])
  expect(stronger(found, signed, guardrailKinds)).toEqual(signed)
})

test('an unset action for one direction follows the action of its entity', () => {
  const signed = { 'pii EMAIL': { action: 'ANONYMIZE', inputAction: 'BLOCK' } }
  const found = { 'pii EMAIL': { action: 'ANONYMIZE' } }
  expect(weaker(found, signed, guardrailKinds)).toEqual(['pii EMAIL: inputAction'])
  expect(weaker({ 'pii EMAIL': { action: 'BLOCK' } }, signed, guardrailKinds)).toEqual([])
})

test('all models is stronger than any list of models', () => {
  const some = { includedModels: ['a'], excludedModels: [] }
  const all = partsOfEnforcement({ guardrailArn: 'arn', guardrailVersion: '1' })
  const few = partsOfEnforcement({ guardrailArn: 'arn', guardrailVersion: '1', modelEnforcement: some })
  expect(weaker(all, few, enforcementKinds)).toEqual([])
  expect(weaker(few, all, enforcementKinds)).toEqual(['enforced: models'])
})

test('an unknown value is weaker than the known ones', () => {
  const signed = { 'pii EMAIL': { action: 'ANONYMIZE' } }
  expect(stronger({ 'pii EMAIL': { action: 'DETECT' } }, signed, guardrailKinds)).toEqual(signed)
})

test('the conversion to parts and back is lossless', () => {
  const { createdAt: _, updatedAt: __, ...draft } = storedDraftOf('g', 'us-east-1', strong)
  const parts = partsOfGuardrail(draft)
  const { name: _name, description, blockedInputMessaging, blockedOutputsMessaging, ...policies } = strong
  expect(guardrailPolicies(parts)).toEqual(policies)
  const log = {
    cloudWatchConfig: { logGroupName: 'g', roleArn: 'r', largeDataDeliveryS3Config: { bucketName: 'b' } },
  }
  expect(loggingOf(partsOfLogging(log))).toEqual(log)
  const modelEnforcement = { includedModels: ['a', 'b'], excludedModels: [] }
  const enforcement = partsOfEnforcement({ guardrailArn: 'arn', guardrailVersion: '1', modelEnforcement })
  expect(enforcementOf(enforcement)).toEqual({
    guardrailIdentifier: 'arn',
    guardrailVersion: '1',
    modelEnforcement,
  })
})
