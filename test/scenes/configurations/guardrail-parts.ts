import {
  type BedrockClient,
  CreateGuardrailCommand,
  type CreateGuardrailRequest,
  CreateGuardrailVersionCommand,
  GetGuardrailCommand,
} from '@aws-sdk/client-bedrock'

// A guardrail, for the scenes with one.

/** The guardrail as its owner created it. */
export const strong: CreateGuardrailRequest = {
  name: 'shop-chat',
  description: 'What the chat of the shop must not say.',
  blockedInputMessaging: 'I cannot help with that.',
  blockedOutputsMessaging: 'I cannot say that.',
  contentPolicyConfig: {
    filtersConfig: [
      { type: 'HATE', inputStrength: 'HIGH', outputStrength: 'MEDIUM', inputAction: 'BLOCK' },
      { type: 'PROMPT_ATTACK', inputStrength: 'HIGH', outputStrength: 'NONE' },
    ],
    tierConfig: { tierName: 'STANDARD' },
  },
  crossRegionConfig: {
    guardrailProfileIdentifier: 'arn:aws:bedrock:us-east-1:123456789012:guardrail-profile/us.guardrail.v1:0',
  },
  topicPolicyConfig: {
    topicsConfig: [
      {
        name: 'Investment advice',
        definition: 'What to do with money.',
        examples: ['Shall I buy gold?'],
        type: 'DENY',
      },
    ],
  },
  wordPolicyConfig: {
    wordsConfig: [{ text: 'acme rival' }],
    managedWordListsConfig: [{ type: 'PROFANITY' }],
  },
  sensitiveInformationPolicyConfig: {
    piiEntitiesConfig: [
      { type: 'AWS_SECRET_KEY', action: 'BLOCK' },
      { type: 'EMAIL', action: 'ANONYMIZE' },
    ],
    regexesConfig: [{ name: 'order', pattern: 'SO-\\d{8}', action: 'ANONYMIZE' }],
  },
  contextualGroundingPolicyConfig: { filtersConfig: [{ type: 'GROUNDING', threshold: 0.75 }] },
  automatedReasoningPolicyConfig: {
    policies: ['arn:aws:bedrock:us-east-1:123456789012:automated-reasoning-policy/abcdefghijkl:1'],
    confidenceThreshold: 0.8,
  },
}

/** The guardrail as an attacker changed it: some parts weaker, some deleted, and irrelevant ones stronger. */
export const weakened: CreateGuardrailRequest = {
  name: strong.name,
  description: strong.description,
  blockedInputMessaging: 'Sorry.',
  blockedOutputsMessaging: strong.blockedOutputsMessaging,
  contentPolicyConfig: {
    filtersConfig: [
      { type: 'HATE', inputStrength: 'HIGH', outputStrength: 'HIGH', inputAction: 'NONE' },
      { type: 'PROMPT_ATTACK', inputStrength: 'LOW', outputStrength: 'NONE', inputEnabled: false },
    ],
  },
  topicPolicyConfig: {
    topicsConfig: [
      { name: 'Investment advice', definition: 'Nothing at all.', type: 'DENY' },
      { name: 'Lottery', definition: 'Numbers to bet on.', type: 'DENY' },
    ],
  },
  sensitiveInformationPolicyConfig: { piiEntitiesConfig: [{ type: 'EMAIL', action: 'BLOCK' }] },
}

/** Creates the guardrail with a version. Returns its id. */
export async function guardrail(
  bedrock: BedrockClient,
  it: CreateGuardrailRequest = strong,
): Promise<{ id: string; arn: string }> {
  const { guardrailId = '', guardrailArn = '' } = await bedrock.send(new CreateGuardrailCommand(it))
  await bedrock.send(new CreateGuardrailVersionCommand({ guardrailIdentifier: guardrailId }))
  return { id: guardrailId, arn: guardrailArn }
}

/** The draft by policy and part, under AWS's names. */
export async function draftOf(bedrock: BedrockClient, id: string): Promise<unknown> {
  const { $metadata: _, ...it } = await bedrock.send(new GetGuardrailCommand({ guardrailIdentifier: id }))
  const { name, description, blockedInputMessaging, blockedOutputsMessaging, ...rest } = it
  const policies = Object.entries(rest).flatMap(([policy, lists]) =>
    typeof lists !== 'object' || lists instanceof Date
      ? []
      : Object.entries(lists as object).map(([list, items]) => [`${policy} ${list}`, named(items)]),
  )
  return {
    texts: { name, description, blockedInputMessaging, blockedOutputsMessaging },
    ...Object.fromEntries(policies),
  }
}

// Their order has no meaning.
const named = (items: unknown): unknown =>
  Array.isArray(items)
    ? Object.fromEntries(
        items.map((one) => [one.type === 'DENY' ? one.name : (one.type ?? one.name ?? one.text ?? one), one]),
      )
    : { only: items }
