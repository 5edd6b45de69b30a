import { agentRoleStrays } from './agents/agent-role-strays-threshold.ts'
import { guardrailWeakenedThenUsed } from './configurations/guardrail-weakened-then-used-threshold.ts'
import { inferenceDenied } from './models/inference-denied-threshold.ts'
import { inferenceVolume } from './models/inference-volume-threshold.ts'
import { llmjackingChain } from './models/llmjacking-chain-threshold.ts'
import { modelArtefactsRead } from './models/model-artefacts-read-threshold.ts'
import { modelPackageSelfApproved } from './models/model-package-self-approved-threshold.ts'
import { tokenBudgets } from './models/token-budgets.ts'
import { unguardedInference } from './models/unguarded-inference-threshold.ts'
import type { Threshold } from './threshold.ts'
import { endUserAttacks } from './users/end-user-attacks-threshold.ts'

/** Everything that is counted. */
export const thresholds: readonly Threshold[] = [
  agentRoleStrays,
  endUserAttacks,
  guardrailWeakenedThenUsed,
  inferenceDenied,
  inferenceVolume,
  llmjackingChain,
  modelArtefactsRead,
  modelPackageSelfApproved,
  ...tokenBudgets,
  unguardedInference,
]
