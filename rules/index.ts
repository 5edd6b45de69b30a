import type { Rule } from '../engine/rule.ts'
import { apiFlood } from './api-flood.ts'
import { bedrockModelAccessEnabled } from './bedrock-model-access-enabled.ts'
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
import { healthExposedKey } from './health-exposed-key.ts'
import { iamKeyQuarantined } from './iam-key-quarantined.ts'

/** Every rule, in the order of their names. */
export const rules: readonly Rule[] = [
  apiFlood,
  bedrockModelAccessEnabled,
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
  healthExposedKey,
  iamKeyQuarantined,
]
