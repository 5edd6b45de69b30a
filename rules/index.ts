import { agentRoleStrays } from './agents/agent-role-strays.ts'
import { guarddutyPromptInjection } from './agents/guardduty-prompt-injection.ts'
import { guarddutyAttackSequence } from './compute/guardduty-attack-sequence.ts'
import { guarddutyInstanceCompromise } from './compute/guardduty-instance-compromise.ts'
import { guarddutyInstanceSuspected } from './compute/guardduty-instance-suspected.ts'
import { guarddutyWorkloadCompromise } from './compute/guardduty-workload-compromise.ts'
import { bedrockGuardrailUnenforced } from './configurations/bedrock-guardrail-unenforced.ts'
import { bedrockGuardrailWeakened } from './configurations/bedrock-guardrail-weakened.ts'
import { bedrockLoggingOff } from './configurations/bedrock-logging-off.ts'
import { guardrailWeakenedThenUsed } from './configurations/guardrail-weakened-then-used.ts'
import { apiFlood } from './edge/api-flood.ts'
import { bedrockApiKeyDestroys } from './identity/bedrock-api-key-destroys.ts'
import { bedrockApiKeyMade } from './identity/bedrock-api-key-made.ts'
import { bedrockApiKeyUserWidened } from './identity/bedrock-api-key-user-widened.ts'
import { guarddutyInstanceCredentialsAbroad } from './identity/guardduty-instance-credentials-abroad.ts'
import { guarddutyInstanceCredentialsExfiltrated } from './identity/guardduty-instance-credentials-exfiltrated.ts'
import { guarddutyOtherCredentials } from './identity/guardduty-other-credentials.ts'
import { guarddutyRootCredentials } from './identity/guardduty-root-credentials.ts'
import { guarddutyStolenSession } from './identity/guardduty-stolen-session.ts'
import { guarddutyStolenUserKey } from './identity/guardduty-stolen-user-key.ts'
import { healthExposedKey } from './identity/health-exposed-key.ts'
import { iamKeyQuarantined } from './identity/iam-key-quarantined.ts'
import { bedrockMantleInference } from './models/bedrock-mantle-inference.ts'
import { bedrockModelAccessEnabled } from './models/bedrock-model-access-enabled.ts'
import { guarddutyModelAbuse } from './models/guardduty-model-abuse.ts'
import { inferenceDenied } from './models/inference-denied.ts'
import { inferenceVolume } from './models/inference-volume.ts'
import { llmjackingChain } from './models/llmjacking-chain.ts'
import { modelArtefactsRead } from './models/model-artefacts-read.ts'
import { modelPackageSelfApproved } from './models/model-package-self-approved.ts'
import { tokensRunningOut } from './models/tokens-running-out.ts'
import { tokensSpent } from './models/tokens-spent.ts'
import { unguardedInference } from './models/unguarded-inference.ts'
import type { Detection } from './rule.ts'
import { endUserAttacks } from './users/end-user-attacks.ts'
import { endUserPersists } from './users/end-user-persists.ts'
import { userTokensSpent } from './users/user-tokens-spent.ts'

/** Every rule, in the order of their names. */
export const rules: readonly Detection[] = [
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
