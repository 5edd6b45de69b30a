import type { GuardrailPolicy } from '../../rules/events/signal.ts'

/** What a guardrail said of one request. */
export interface Classified {
  /** It says itself that it intervened. */
  intervened: boolean
  /** Its reason, if it gives one: "Guardrail blocked.", "Guardrail masked.". */
  reason: string
  policies: GuardrailPolicy[]
}

/** Policies about what a person asks or a model gives away; the others judge how true an answer is. */
const guarding = new Set<GuardrailPolicy['policy']>(['topic', 'content', 'word', 'sensitive-information'])

/** Whether a guardrail blocked or masked something: it says so, or one of its policies did. */
export const isIntervention = ({ intervened, policies }: Classified): boolean =>
  intervened || policies.some(acted)

/**
 * Whether it is an attack: something guarded was blocked, or a prompt attack was seen, blocked or not. An intervention
 * without a word of why counts as one, as callers may leave the trace off. Masking alone is none: people type addresses.
 */
export function isAttack(finding: Classified): boolean {
  const { policies, intervened, reason } = finding
  if (policies.some((one) => one.action === 'BLOCKED' && guarding.has(one.policy))) return true
  if (policies.some((one) => promptAttacks.has(one.type))) return true
  return intervened && !policies.some(acted) && !isMasking(reason)
}

/** Source: Bedrock API reference, GuardrailContentFilter and GuardrailChecksPromptAttackResultEntry. */
const promptAttacks = new Set(['PROMPT_ATTACK', 'JAILBREAK', 'PROMPT_INJECTION', 'PROMPT_LEAKAGE'])

const acted = ({ action }: GuardrailPolicy) => action !== 'NONE'

const isMasking = (reason: string) => /masked/i.test(reason) && !/blocked/i.test(reason)
