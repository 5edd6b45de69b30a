import { userIn } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { thresholdCrossed } from '../when.ts'

/** T17. Slowed down, and only for an hour: somebody who was misjudged can still ask. */
export const endUserAttacks = rule({
  name: 'end-user-attacks',
  because: 'One end user was stopped by a guardrail three times in ten minutes.',
  severity: 'medium',
  attack: ['AML.T0051', 'AML.T0054', 'LLM01', 'LLM07'],
  when: thresholdCrossed('end-user-attacks', { limit: [3] }),
  subject: ({ detail }) => `end user ${detail.user}`,
  then: { 'throttle-user': ({ detail }) => userIn(detail) },
  mode: 'contain',
  release: '1h',
})
