import type { Rule } from '../engine/rule.ts'
import { agentRoleStrays } from './agent-role-strays.ts'
import { apiFlood } from './api-flood.ts'
import { bedrockApiKeyDestroys } from './bedrock-api-key-destroys.ts'
import { bedrockApiKeyMade } from './bedrock-api-key-made.ts'
import { bedrockApiKeyUserWidened } from './bedrock-api-key-user-widened.ts'
import { bedrockGuardrailUnenforced } from './bedrock-guardrail-unenforced.ts'
import { bedrockGuardrailWeakened } from './bedrock-guardrail-weakened.ts'
import { bedrockLoggingOff } from './bedrock-logging-off.ts'
import { bedrockMantleInference } from './bedrock-mantle-inference.ts'
import { bedrockModelAccessEnabled } from './bedrock-model-access-enabled.ts'
import { endUserAttacks } from './end-user-attacks.ts'
import { endUserPersists } from './end-user-persists.ts'
import { guarddutyAttackSequence } from './guardduty-attack-sequence.ts'
import { guarddutyInstanceCompromise } from './guardduty-instance-compromise.ts'
import { guarddutyInstanceCredentialsAbroad } from './guardduty-instance-credentials-abroad.ts'
import { guarddutyInstanceCredentialsExfiltrated } from './guardduty-instance-credentials-exfiltrated.ts'
import { guarddutyInstanceSuspected } from './guardduty-instance-suspected.ts'
import { guarddutyModelAbuse } from './guardduty-model-abuse.ts'
import { guarddutyOtherCredentials } from './guardduty-other-credentials.ts'
import { guarddutyPromptInjection } from './guardduty-prompt-injection.ts'
import { guarddutyRootCredentials } from './guardduty-root-credentials.ts'
import { guarddutyStolenSession } from './guardduty-stolen-session.ts'
import { guarddutyStolenUserKey } from './guardduty-stolen-user-key.ts'
import { guarddutyWorkloadCompromise } from './guardduty-workload-compromise.ts'
import { guardrailWeakenedThenUsed } from './guardrail-weakened-then-used.ts'
import { healthExposedKey } from './health-exposed-key.ts'
import { iamKeyQuarantined } from './iam-key-quarantined.ts'
import { inferenceDenied } from './inference-denied.ts'
import { inferenceVolume } from './inference-volume.ts'
import { llmjackingChain } from './llmjacking-chain.ts'
import { modelArtefactsRead } from './model-artefacts-read.ts'
import { modelPackageSelfApproved } from './model-package-self-approved.ts'
import { tokensRunningOut } from './tokens-running-out.ts'
import { tokensSpent } from './tokens-spent.ts'
import { unguardedInference } from './unguarded-inference.ts'
import { userTokensSpent } from './user-tokens-spent.ts'

/** Every rule, in the order of their names. */
export const rules: readonly Rule[] = [
  agentRoleStrays,
  apiFlood,
  bedrockApiKeyDestroys,
  bedrockApiKeyMade,
  bedrockApiKeyUserWidened,
  bedrockGuardrailUnenforced,
  bedrockGuardrailWeakened,
  bedrockLoggingOff,
  bedrockMantleInference,
  bedrockModelAccessEnabled,
  endUserAttacks,
  endUserPersists,
  guarddutyAttackSequence,
  guarddutyInstanceCompromise,
  guarddutyInstanceCredentialsAbroad,
  guarddutyInstanceCredentialsExfiltrated,
  guarddutyInstanceSuspected,
  guarddutyModelAbuse,
  guarddutyOtherCredentials,
  guarddutyPromptInjection,
  guarddutyRootCredentials,
  guarddutyStolenSession,
  guarddutyStolenUserKey,
  guarddutyWorkloadCompromise,
  guardrailWeakenedThenUsed,
  healthExposedKey,
  iamKeyQuarantined,
  inferenceDenied,
  inferenceVolume,
  llmjackingChain,
  modelArtefactsRead,
  modelPackageSelfApproved,
  tokensRunningOut,
  tokensSpent,
  unguardedInference,
  userTokensSpent,
]
