import { type Kinds, larger, ranked, wider } from './strength.ts'

const actions = ['NONE', 'ANONYMIZE', 'BLOCK']
const strength = ranked(['NONE', 'LOW', 'MEDIUM', 'HIGH'])
const modalities = wider(['TEXT'])
const enabled = ranked([false, true], true)
const action = ranked(actions, 'BLOCK')
/** On one side only; unset, it is what the entity's own action says. */
const sided = ranked(actions, (part) => part.action ?? 'BLOCK')

const guarded = { inputAction: action, outputAction: action, inputEnabled: enabled, outputEnabled: enabled }
const handled = { ...guarded, action, inputAction: sided, outputAction: sided }

/**
 * What makes a guardrail stronger. Wording (a topic's definition and examples, a pattern) has no order and is as it was
 * signed; what a blocked caller is told is not compared. Sources: Bedrock API reference, "UpdateGuardrail";
 * AWS General Reference, "Amazon Bedrock quotas" (how many of each).
 */
export const guardrailKinds: Kinds = {
  content: {
    settings: {
      inputStrength: strength,
      outputStrength: strength,
      inputModalities: modalities,
      outputModalities: modalities,
      ...guarded,
    },
  },
  topic: { settings: guarded, most: 30 },
  word: { settings: guarded, most: 10_000 },
  list: { settings: guarded },
  pii: { settings: handled },
  regex: { settings: handled, most: 10 },
  grounding: { settings: { threshold: larger, action, enabled } },
  reasoning: { settings: {}, most: 2 },
  confidence: { settings: { threshold: larger } },
  tier: { settings: { tierName: ranked(['CLASSIC', 'STANDARD']) } },
}
