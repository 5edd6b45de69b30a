import type { GuardrailDetected, GuardrailIntervened } from '../../rules/events/signal.ts'
import { type GuardrailResult, isAttack, isIntervention } from './classify.ts'
import { signalId } from './digest.ts'

type CommonFields = Omit<GuardrailIntervened, 'schema' | 'type' | 'id' | 'policies' | 'attack'>

/** The signal of a guardrail's result; none if it found nothing. `key` identifies the record. */
export function guardrailSignals(
  finding: GuardrailResult,
  common: CommonFields,
  key: (string | undefined)[],
): (GuardrailIntervened | GuardrailDetected)[] {
  const intervened = isIntervention(finding)
  if (!intervened && finding.policies.length === 0) return []
  const type = intervened ? 'GuardrailIntervened' : 'GuardrailDetected'
  const id = signalId('guardrail', common.origin, ...key)
  return [{ schema: '1', type, id, ...common, policies: finding.policies, attack: isAttack(finding) }]
}
