import type {
  GetGuardrailResponse,
  GuardrailContentFilterConfig,
  GuardrailContextualGroundingFilterConfig,
  GuardrailManagedWordsConfig,
  GuardrailPiiEntityConfig,
  GuardrailRegexConfig,
  GuardrailTopicConfig,
  GuardrailWordConfig,
  UpdateGuardrailRequest,
} from '@aws-sdk/client-bedrock'
import { kindOf, type Parts, type Setting } from './strength.ts'

// Converts a guardrail from what GetGuardrail returns into parts, and from parts into what UpdateGuardrail takes. The
// update replaces the whole guardrail, so the conversions must be lossless.

/** The member that identifies a part among those of its kind. */
const ids = {
  content: 'type',
  topic: 'name',
  word: 'text',
  list: 'type',
  pii: 'type',
  regex: 'name',
  grounding: 'type',
} as const

type Listed = keyof typeof ids

/** The parts of a guardrail: everything that can be weaker or stronger. Pure. */
export function partsOfGuardrail(it: Partial<GetGuardrailResponse>): Parts {
  const lists: Record<Listed, readonly object[] | undefined> = {
    content: it.contentPolicy?.filters,
    topic: it.topicPolicy?.topics,
    word: it.wordPolicy?.words,
    list: it.wordPolicy?.managedWordLists,
    pii: it.sensitiveInformationPolicy?.piiEntities,
    regex: it.sensitiveInformationPolicy?.regexes,
    grounding: it.contextualGroundingPolicy?.filters,
  }
  const listed = Object.entries(lists).flatMap(([kind, items = []]) =>
    items.map((one): [string, object] => {
      const { [ids[kind as Listed]]: id, ...settings } = one as Record<string, Setting>
      return [`${kind} ${id}`, settings]
    }),
  )
  const reasoning = it.automatedReasoningPolicy
  const others: [string, object | undefined][] = [
    ['tier content', it.contentPolicy?.tier],
    ['tier topic', it.topicPolicy?.tier],
    ['tier grounding', it.contextualGroundingPolicy?.tier],
    ...(reasoning?.policies ?? []).map((arn): [string, object] => [`reasoning ${arn}`, {}]),
    ['confidence reasoning', unlessEmpty({ threshold: reasoning?.confidenceThreshold })],
    ['profile cross-Region', unlessEmpty({ arn: it.crossRegionDetails?.guardrailProfileArn })],
  ]
  // JSON omits undefined members.
  return JSON.parse(JSON.stringify(Object.fromEntries([...listed, ...others])))
}

/** The policies of UpdateGuardrail that these parts describe. Pure. */
export function guardrailPolicies(
  parts: Parts,
): Omit<
  UpdateGuardrailRequest,
  'guardrailIdentifier' | 'name' | 'blockedInputMessaging' | 'blockedOutputsMessaging'
> {
  // Parts have these shapes because `partsOfGuardrail` made them from AWS's response.
  const all = <T>(kind: Listed): T[] | undefined => {
    const found = namesOf(parts, kind).map((id) => ({ ...parts[`${kind} ${id}`], [ids[kind]]: id }) as T)
    return found.length > 0 ? found : undefined
  }
  const tier = (of: string) => {
    const tierConfig = parts[`tier ${of}`] as { tierName: 'CLASSIC' | 'STANDARD' } | undefined
    return tierConfig && { tierConfig }
  }
  const filters = all<GuardrailContentFilterConfig>('content')
  const topics = all<GuardrailTopicConfig>('topic')
  const grounding = all<GuardrailContextualGroundingFilterConfig>('grounding')
  const words = {
    wordsConfig: all<GuardrailWordConfig>('word'),
    managedWordListsConfig: all<GuardrailManagedWordsConfig>('list'),
  }
  const sensitive = {
    piiEntitiesConfig: all<GuardrailPiiEntityConfig>('pii'),
    regexesConfig: all<GuardrailRegexConfig>('regex'),
  }
  const reasoning = namesOf(parts, 'reasoning')
  const confidence = parts['confidence reasoning'] as { threshold: number } | undefined
  const profile = parts['profile cross-Region'] as { arn: string } | undefined
  return {
    ...(filters && { contentPolicyConfig: { filtersConfig: filters, ...tier('content') } }),
    ...(topics && { topicPolicyConfig: { topicsConfig: topics, ...tier('topic') } }),
    ...(unlessEmpty(words) && { wordPolicyConfig: words }),
    ...(unlessEmpty(sensitive) && { sensitiveInformationPolicyConfig: sensitive }),
    ...(grounding && {
      contextualGroundingPolicyConfig: { filtersConfig: grounding, ...tier('grounding') },
    }),
    ...(reasoning.length > 0 && {
      automatedReasoningPolicyConfig: {
        policies: reasoning,
        ...(confidence && { confidenceThreshold: confidence.threshold }),
      },
    }),
    ...(profile && { crossRegionConfig: { guardrailProfileIdentifier: profile.arn } }),
  }
}

const namesOf = (parts: Parts, kind: string): string[] =>
  Object.keys(parts)
    .filter((part) => kindOf(part) === kind)
    .map((part) => part.slice(kind.length + 1))

/** The object, or `undefined` if none of its members is set. */
const unlessEmpty = <T extends object>(it: T): T | undefined =>
  Object.values(it).some((value) => value !== undefined) ? it : undefined
