import type { Window } from '../../windows/window.ts'
import { agentRoleStrays } from './agent-role-strays.ts'
import { endUserAttacks } from './end-user-attacks.ts'
import { guardrailWeakenedThenUsed } from './guardrail-weakened-then-used.ts'
import { inferenceDenied } from './inference-denied.ts'
import { inferenceVolume } from './inference-volume.ts'
import { llmjackingChain } from './llmjacking-chain.ts'
import { modelArtefactsRead } from './model-artefacts-read.ts'
import { modelPackageSelfApproved } from './model-package-self-approved.ts'
import { tokenBudgets } from './token-budgets.ts'
import { unguardedInference } from './unguarded-inference.ts'

/** Everything that is counted. */
export const windows: readonly Window[] = [
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
