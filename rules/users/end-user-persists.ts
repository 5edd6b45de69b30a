import { poolUserInSignal } from '../find/signal-targets.ts'
import { rule } from '../rule.ts'
import { limitOf } from '../threshold.ts'
import { endUserAttacks } from './end-user-attacks.ts'

/** Hard limit. An account is disabled only when a person approves. */
export const endUserPersists = rule({
  name: 'end-user-persists',
  threats: ['THREAT-17'],
  because: ({ limit, within }) =>
    `One end user continued to attack: a guardrail stopped them ${limit} times in ${within}.`,
  severity: 'high',
  attack: ['AML.T0051', 'AML.T0054', 'LLM01', 'LLM07'],
  when: limitOf(endUserAttacks, 5),
  subject: ({ detail }) => `end user ${detail.user}`,
  then: {
    'disable-user': ({ detail }) => poolUserInSignal(detail),
    notify: ({ detail }) =>
      poolUserInSignal(detail).length > 0 ? [] : { subject: `end user ${detail.user}: not in a user pool` },
  },
  mode: 'approve',
  release: '24h',
})
