import { attackerIn, instancesIn, keysIn } from '../find/sequence.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** T04. Many signals at once, always critical: every key and instance that took part, and the responders. */
export const guarddutyAttackSequence = rule({
  name: 'guardduty-attack-sequence',
  because: 'GuardDuty put many signals together: an attack is under way.',
  severity: 'critical',
  attack: ['T1078.004', 'T1496', 'LLM10'],
  when: finding({ type: [{ prefix: 'AttackSequence:' }] }),
  subject: ({ detail }) => attackerIn(detail),
  then: {
    'disable-access-key': ({ detail }) => keysIn(detail),
    'quarantine-instance': ({ detail }) => instancesIn(detail),
    'snapshot-volumes': ({ detail }) => instancesIn(detail),
    notify: ({ detail }) => ({ subject: `${attackerIn(detail)}: ${detail.type} (finding ${detail.id})` }),
  },
  mode: 'contain',
  release: '24h',
})
