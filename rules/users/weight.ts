import type { GuardrailPolicy } from '../events/signal.ts'

/** The weight of one request: the number of policies that blocked it, and at least 2 for a prompt attack of high confidence. */
export function weightOf(policies: GuardrailPolicy[]): number {
  const kinds = new Set(policies.flatMap(({ policy, action }) => (action === 'BLOCKED' ? [policy] : [])))
  const isSure = policies.some(({ type, confidence }) => type === 'PROMPT_ATTACK' && confidence === 'HIGH')
  return Math.max(kinds.size, isSure ? 2 : 1)
}
