import { type Kinds, larger, ranked, wider } from './strength.ts'

const actions = ['NONE', 'ANONYMIZE', 'BLOCK']
const strength = ranked(['NONE', 'LOW', 'MEDIUM', 'HIGH'])
const modalities = wider(['TEXT'])
const enabled = ranked([false, true], true)
const action = ranked(actions, 'BLOCK')
/** The action for input or output only; if unset, the action of the entity applies. */
const directional = ranked(actions, (part) => part.action ?? 'BLOCK')

const guarded = { inputAction: action, outputAction: action, inputEnabled: enabled, outputEnabled: enabled }
const handled = { ...guarded, action, inputAction: directional, outputAction: directional }

/**
 * What makes a guardrail stronger. Texts (a topic's definition and examples, a pattern) have no order and must be as
 * signed; the messages for blocked callers are not compared. Sources: Bedrock API reference, "UpdateGuardrail";
 * AWS General Reference, "Amazon Bedrock quotas" (number of each).
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
  topic: { settings: guarded, maxParts: 30 },
  word: { settings: guarded, maxParts: 10_000 },
  list: { settings: guarded },
  pii: { settings: handled },
  regex: { settings: handled, maxParts: 10 },
  grounding: { settings: { threshold: larger, action, enabled } },
  reasoning: { settings: {}, maxParts: 2 },
  confidence: { settings: { threshold: larger } },
  tier: { settings: { tierName: ranked(['CLASSIC', 'STANDARD']) } },
}
