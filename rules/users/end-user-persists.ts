import { poolUserIn } from '../find/signalled.ts'
import { rule } from '../rule.ts'
import { thresholdCrossed } from '../when.ts'

/** T17, five times. Nobody loses their account without a person's word. */
export const endUserPersists = rule({
  name: 'end-user-persists',
  because: 'One end user went on after a guardrail had stopped them: five times in ten minutes.',
  severity: 'high',
  attack: ['AML.T0051', 'AML.T0054', 'LLM01', 'LLM07'],
  when: thresholdCrossed('end-user-attacks', { limit: [5] }),
  subject: ({ detail }) => `end user ${detail.user}`,
  then: {
    'disable-user': ({ detail }) => poolUserIn(detail),
    notify: ({ detail }) =>
      poolUserIn(detail).length > 0 ? [] : { subject: `end user ${detail.user}: in no user pool` },
  },
  mode: 'approve',
  release: '24h',
})
