import { describe, expect, test } from 'vitest'
import type { GuardrailPolicy, Signal } from '../../../rules/events/signal.ts'
import { signalsOf } from '../../../sensing/signals/read.ts'
import { type Assessment, inPascalCase, shapes, type Verdict } from './shapes.ts'

interface Case {
  name: string
  said: Verdict
  assessment?: Assessment
  type?: Signal['type']
  attack?: boolean
  policies?: GuardrailPolicy[]
}

const content = (filter: object) => ({ contentPolicy: { filters: [filter] } })
const grounding = (filter: object) => ({ contextualGroundingPolicy: { filters: [filter] } })
const pii = (entity: object) => ({ sensitiveInformationPolicy: { piiEntities: [entity] } })
const reasoning = (finding: object) => ({ automatedReasoningPolicy: { findings: [finding] } })

const found: Case[] = [
  {
    name: 'a denied topic',
    said: 'INTERVENED',
    assessment: {
      topicPolicy: { topics: [{ name: 'Weapons', type: 'DENY', action: 'BLOCKED', detected: true }] },
    },
    policies: [{ policy: 'topic', type: 'DENY', action: 'BLOCKED' }],
    attack: true,
  },
  {
    name: 'a prompt attack',
    said: 'INTERVENED',
    assessment: content({ type: 'PROMPT_ATTACK', confidence: 'HIGH', action: 'BLOCKED', detected: true }),
    policies: [{ policy: 'content', type: 'PROMPT_ATTACK', confidence: 'HIGH', action: 'BLOCKED' }],
    attack: true,
  },
  {
    name: 'a filter of an older guardrail, without `detected`',
    said: 'INTERVENED',
    assessment: content({ type: 'HATE', confidence: 'LOW', action: 'BLOCKED' }),
    policies: [{ policy: 'content', type: 'HATE', confidence: 'LOW', action: 'BLOCKED' }],
    attack: true,
  },
  {
    name: 'a word of the guardrail’s own list',
    said: 'INTERVENED',
    assessment: { wordPolicy: { customWords: [{ match: 'acme', action: 'BLOCKED', detected: true }] } },
    policies: [{ policy: 'word', type: 'CUSTOM', action: 'BLOCKED' }],
    attack: true,
  },
  {
    name: 'profanity',
    said: 'INTERVENED',
    assessment: {
      wordPolicy: { managedWordLists: [{ match: 'darn', type: 'PROFANITY', action: 'BLOCKED' }] },
    },
    policies: [{ policy: 'word', type: 'PROFANITY', action: 'BLOCKED' }],
    attack: true,
  },
  {
    name: 'personal data blocked',
    said: 'INTERVENED',
    assessment: pii({ type: 'US_SOCIAL_SECURITY_NUMBER', match: '000', action: 'BLOCKED', detected: true }),
    policies: [{ policy: 'sensitive-information', type: 'US_SOCIAL_SECURITY_NUMBER', action: 'BLOCKED' }],
    attack: true,
  },
  {
    name: 'personal data masked, which is not an attack',
    said: 'INTERVENED',
    assessment: pii({ type: 'EMAIL', match: 'a@example.com', action: 'ANONYMIZED', detected: true }),
    policies: [{ policy: 'sensitive-information', type: 'EMAIL', action: 'ANONYMIZED' }],
    attack: false,
  },
  {
    name: 'a regular expression masked',
    said: 'INTERVENED',
    assessment: {
      sensitiveInformationPolicy: {
        regexes: [{ name: 'n', match: '1', regex: '\\d', action: 'ANONYMIZED' }],
      },
    },
    policies: [{ policy: 'sensitive-information', type: 'REGEX', action: 'ANONYMIZED' }],
    attack: false,
  },
  {
    name: 'an answer not grounded, which no person is to blame for',
    said: 'INTERVENED',
    assessment: grounding({
      type: 'GROUNDING',
      threshold: 0.7,
      score: 0.2,
      action: 'BLOCKED',
      detected: true,
    }),
    policies: [{ policy: 'grounding', type: 'GROUNDING', score: 0.2, threshold: 0.7, action: 'BLOCKED' }],
    attack: false,
  },
  { name: 'an intervention without a reason', said: 'INTERVENED', policies: [], attack: true },
  {
    name: 'an intervention whose every policy is quiet',
    said: 'INTERVENED',
    assessment: content({ type: 'HATE', confidence: 'NONE', action: 'NONE', detected: false }),
    policies: [],
    attack: true,
  },
  {
    name: 'a prompt attack only seen, in detect mode',
    said: 'NONE',
    assessment: content({ type: 'PROMPT_ATTACK', confidence: 'HIGH', action: 'NONE', detected: true }),
    type: 'GuardrailDetected',
    policies: [{ policy: 'content', type: 'PROMPT_ATTACK', confidence: 'HIGH', action: 'NONE' }],
    attack: true,
  },
  {
    name: 'an insult only seen',
    said: 'NONE',
    assessment: content({ type: 'INSULTS', confidence: 'MEDIUM', action: 'NONE', detected: true }),
    type: 'GuardrailDetected',
    policies: [{ policy: 'content', type: 'INSULTS', confidence: 'MEDIUM', action: 'NONE' }],
    attack: false,
  },
  {
    name: 'a claim that the rules contradict',
    said: 'NONE',
    assessment: reasoning({ invalid: { contradictingRules: [{ identifier: 'R1' }] } }),
    type: 'GuardrailDetected',
    policies: [{ policy: 'automated-reasoning', type: 'INVALID', action: 'NONE' }],
    attack: false,
  },
]

const quiet: Case[] = [
  { name: 'nothing', said: 'NONE' },
  { name: 'an empty assessment', said: 'NONE', assessment: { invocationMetrics: {} } },
  {
    name: 'a topic not detected',
    said: 'NONE',
    assessment: { topicPolicy: { topics: [{ name: 'W', type: 'DENY', action: 'NONE', detected: false }] } },
  },
  {
    name: 'a filter not detected',
    said: 'NONE',
    assessment: content({ type: 'PROMPT_ATTACK', confidence: 'HIGH', action: 'NONE', detected: false }),
  },
  {
    name: 'a filter without confidence',
    said: 'NONE',
    assessment: content({ type: 'PROMPT_ATTACK', confidence: 'NONE', action: 'NONE' }),
  },
  {
    name: 'a word not detected',
    said: 'NONE',
    assessment: { wordPolicy: { customWords: [{ match: 'a', action: 'NONE', detected: false }] } },
  },
  {
    name: 'personal data not detected',
    said: 'NONE',
    assessment: pii({ type: 'EMAIL', match: '', action: 'NONE', detected: false }),
  },
  {
    name: 'an answer grounded well enough',
    said: 'NONE',
    assessment: grounding({ type: 'GROUNDING', threshold: 0.7, score: 0.7, action: 'NONE' }),
  },
  { name: 'a claim confirmed', said: 'NONE', assessment: reasoning({ valid: { supportingRules: [] } }) },
  { name: 'nothing to reason about', said: 'NONE', assessment: reasoning({ noTranslations: {} }) },
]

const ofGuardrail = (signals: Signal[]) => signals.filter((one) => one.type !== 'ModelInvocationObserved')

const spellings = {
  camelCase: (value: unknown) => value,
  PascalCase: inPascalCase,
}
// CloudTrail uses one style only.
const written = Object.entries(shapes).flatMap(([name, shape]) =>
  Object.entries(spellings)
    .filter(([style]) => name !== 'CloudTrail' || style === 'camelCase')
    .map(([style, spelt]) => ({ name, style, record: (it: Case) => spelt(shape(it.said, it.assessment)) })),
)

describe.each(written)('$name in $style', ({ record }) => {
  test.each(found)('has a signal for $name', (it) => {
    const signals = ofGuardrail(signalsOf(record(it)))
    const { type = 'GuardrailIntervened', attack, policies } = it
    expect(signals.map((one) => [one.type, one.attack, one.policies])).toEqual([[type, attack, policies]])
  })

  test.each(quiet)('has no signal for $name', (it) => {
    expect(ofGuardrail(signalsOf(record(it)))).toEqual([])
  })
})

test('an intervention without a trace is not an attack if its reason is masking', () => {
  const [signal] = signalsOf({
    action: 'GUARDRAIL_INTERVENED',
    actionReason: 'Guardrail masked.',
    assessments: [],
  })
  expect(signal).toMatchObject({ type: 'GuardrailIntervened', attack: false })
})

test("a model's own filter is not a guardrail", () => {
  expect(
    ofGuardrail(signalsOf({ stopReason: 'content_filtered', output: { message: { content: [] } } })),
  ).toEqual([])
})

test('checks of InvokeGuardrailChecks count from a score of 0.5', () => {
  const answer = (severityScore: number) => ({
    results: { promptAttack: { results: [{ category: 'JAILBREAK', severityScore }] } },
  })
  expect(signalsOf(answer(0.4))).toEqual([])
  expect(signalsOf(answer(0.9))).toMatchObject([{ type: 'GuardrailDetected', attack: true }])
})

test('the last events of a stream suffice when they are published alone', () => {
  const stop = { messageStop: { stopReason: 'guardrail_intervened' } }
  const assessment = content({ type: 'PROMPT_ATTACK', confidence: 'LOW', action: 'BLOCKED' })
  const metadata = { trace: { guardrail: { inputAssessment: { gr4rdr41l0id: assessment } } }, metrics: {} }
  for (const event of [stop, { metadata }, { event: 'metadata', data: metadata }, inPascalCase({ metadata })])
    expect(ofGuardrail(signalsOf(event))).toMatchObject([{ type: 'GuardrailIntervened', attack: true }])
})
