import type { GuardrailPolicy } from '../events/signal.ts'

/** How much one stopped request weighs: each kind of policy that blocked, and a prompt attack beyond doubt double. */
export function weightOf(policies: GuardrailPolicy[]): number {
  const kinds = new Set(policies.flatMap(({ policy, action }) => (action === 'BLOCKED' ? [policy] : [])))
  const isSure = policies.some(({ type, confidence }) => type === 'PROMPT_ATTACK' && confidence === 'HIGH')
  return Math.max(kinds.size, isSure ? 2 : 1)
}
