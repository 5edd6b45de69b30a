import type {
  AccountEnforcedGuardrailOutputConfiguration,
  GetGuardrailResponse,
  Tag,
  UpdateGuardrailRequest,
} from '@aws-sdk/client-bedrock'

const account = '123456789012'
export const now = '2026-11-21T06:00:00Z'

export type Guardrail = Omit<GetGuardrailResponse, 'createdAt' | 'updatedAt'> & {
  createdAt: string
  updatedAt: string
}
type Enforced = Omit<AccountEnforcedGuardrailOutputConfiguration, 'createdAt' | 'updatedAt'>

/** The guardrails of an account in a Region. */
export interface Store {
  /** By id: the draft, the numbered versions in order, and their client request tokens. */
  guardrails: Map<
    string,
    { draft: Guardrail; versions: Guardrail[]; tokens: Map<string, string>; tags: Tag[] }
  >
  /** How many were created, including deleted ones: ids are not reused. */
  made: number
  enforced: Enforced | undefined
}

export const emptyStore = (): Store => ({ guardrails: new Map(), made: 0, enforced: undefined })

/** A guardrail as AWS answers it, made from the request alone, because UpdateGuardrail replaces everything. */
export const storedDraftOf = (
  id: string,
  region: string,
  asked: Omit<UpdateGuardrailRequest, 'guardrailIdentifier'>,
): Guardrail => ({
  name: asked.name,
  description: asked.description,
  guardrailId: id,
  guardrailArn: `arn:aws:bedrock:${region}:${account}:guardrail/${id}`,
  version: 'DRAFT',
  status: 'READY',
  createdAt: now,
  updatedAt: now,
  topicPolicy: asked.topicPolicyConfig && {
    topics: asked.topicPolicyConfig.topicsConfig ?? [],
    tier: asked.topicPolicyConfig.tierConfig,
  },
  contentPolicy: asked.contentPolicyConfig && {
    filters: asked.contentPolicyConfig.filtersConfig,
    tier: asked.contentPolicyConfig.tierConfig,
  },
  wordPolicy: asked.wordPolicyConfig && {
    words: asked.wordPolicyConfig.wordsConfig,
    managedWordLists: asked.wordPolicyConfig.managedWordListsConfig,
  },
  sensitiveInformationPolicy: asked.sensitiveInformationPolicyConfig && {
    piiEntities: asked.sensitiveInformationPolicyConfig.piiEntitiesConfig,
    regexes: asked.sensitiveInformationPolicyConfig.regexesConfig,
  },
  contextualGroundingPolicy: asked.contextualGroundingPolicyConfig && {
    filters: asked.contextualGroundingPolicyConfig.filtersConfig,
    tier: asked.contextualGroundingPolicyConfig.tierConfig,
  },
  automatedReasoningPolicy: asked.automatedReasoningPolicyConfig,
  crossRegionDetails: asked.crossRegionConfig && {
    guardrailProfileArn: asked.crossRegionConfig.guardrailProfileIdentifier,
    guardrailProfileId: guardrailIdOf(asked.crossRegionConfig.guardrailProfileIdentifier ?? ''),
  },
  blockedInputMessaging: asked.blockedInputMessaging,
  blockedOutputsMessaging: asked.blockedOutputsMessaging,
  kmsKeyArn: asked.kmsKeyId,
})

export const guardrailIdOf = (identifier: string): string => identifier.split('/').at(-1) ?? ''
