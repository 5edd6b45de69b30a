import { threshold } from '../threshold.ts'
import { weightOf } from './weight.ts'

/** T17. Who is meant is the application's word: it is the only one that knows its users. */
export const endUserAttacks = threshold({
  name: 'end-user-attacks',
  because: 'One end user was stopped by a guardrail again and again.',
  facts: ['GuardrailIntervened', 'GuardrailDetected'],
  by: ({ user }) => user,
  measure: { count: ({ attack, policies }) => (attack ? weightOf(policies) : 0) },
  within: '10m',
  limits: [3, 5],
})
