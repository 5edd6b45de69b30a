import type { GuardrailPolicy } from '../../rules/events/signal.ts'

/** The result of a guardrail for one request. */
export interface GuardrailResult {
  /** The guardrail reports that it intervened. */
  intervened: boolean
  /** Its reason, if given: "Guardrail blocked.", "Guardrail masked.". */
  reason: string
  policies: GuardrailPolicy[]
}

/** Policies on what is asked or disclosed. The others rate how accurate an answer is. */
const protective = new Set<GuardrailPolicy['policy']>(['topic', 'content', 'word', 'sensitive-information'])

/** Whether a guardrail blocked or masked something, by its own report or by one of its policies. */
export const isIntervention = ({ intervened, policies }: GuardrailResult): boolean =>
  intervened || policies.some(acted)

/**
 * Whether it is an attack: a protective policy blocked, or a prompt attack was detected, blocked or not. An intervention
 * without a reason counts as one, since callers can disable the trace. Masking alone does not: people type addresses.
 */
export function isAttack(finding: GuardrailResult): boolean {
  const { policies, intervened, reason } = finding
  if (policies.some((one) => one.action === 'BLOCKED' && protective.has(one.policy))) return true
  if (policies.some((one) => promptAttacks.has(one.type))) return true
  return intervened && !policies.some(acted) && !isMasking(reason)
}

/** Source: Bedrock API reference, GuardrailContentFilter and GuardrailChecksPromptAttackResultEntry. */
const promptAttacks = new Set(['PROMPT_ATTACK', 'JAILBREAK', 'PROMPT_INJECTION', 'PROMPT_LEAKAGE'])

const acted = ({ action }: GuardrailPolicy) => action !== 'NONE'

const isMasking = (reason: string) => /masked/i.test(reason) && !/blocked/i.test(reason)
