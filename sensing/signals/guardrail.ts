import type { GuardrailDetected, GuardrailIntervened } from '../../rules/events/signal.ts'
import { type Classified, isAttack, isIntervention } from './classify.ts'
import { signalId } from './digest.ts'

type About = Omit<GuardrailIntervened, 'schema' | 'type' | 'id' | 'policies' | 'attack'>

/** The signal of what a guardrail found, if it found anything. `key` names the record. */
export function guardrailSignals(
  finding: Classified,
  about: About,
  key: (string | undefined)[],
): (GuardrailIntervened | GuardrailDetected)[] {
  const intervened = isIntervention(finding)
  if (!intervened && finding.policies.length === 0) return []
  const type = intervened ? 'GuardrailIntervened' : 'GuardrailDetected'
  const id = signalId('guardrail', about.origin, ...key)
  return [{ schema: '1', type, id, ...about, policies: finding.policies, attack: isAttack(finding) }]
}
