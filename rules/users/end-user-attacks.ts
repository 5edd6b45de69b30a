import { endUserInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { threshold } from '../threshold.ts'
import { weightOf } from './weight.ts'

/** Soft limit: throttled for an hour only, so that a false positive costs little. Users are the application's to name. */
export const endUserAttacks = rule({
  name: 'end-user-attacks',
  threats: ['THREAT-17'],
  because: ({ limit, within }) => `A guardrail stopped one end user ${limit} times in ${within}.`,
  severity: 'medium',
  attack: ['AML.T0051', 'AML.T0054', 'LLM01', 'LLM07'],
  when: threshold({
    facts: ['GuardrailIntervened', 'GuardrailDetected'],
    by: ({ user }) => user,
    measure: { count: ({ attack, policies }) => (attack ? weightOf(policies) : 0) },
    unit: 'interventions',
    within: '10m',
    limits: [3, 5],
  }),
  subject: ({ detail }) => `end user ${detail.user}`,
  then: { 'throttle-user': ({ detail }) => endUserInSignal(detail) },
  mode: 'contain',
  release: '1h',
})
