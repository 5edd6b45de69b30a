import { accessKeysIn, attackerIn, instancesIn } from '../find/attack-sequence.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** Several correlated signals, always critical: contains every key and instance that took part. */
export const guarddutyAttackSequence = rule({
  name: 'guardduty-attack-sequence',
  threats: ['THREAT-04'],
  because: 'GuardDuty correlated several signals: an attack is in progress.',
  severity: 'critical',
  attack: ['T1078.004', 'T1496', 'LLM10'],
  when: finding({ type: [{ prefix: 'AttackSequence:' }] }),
  subject: ({ detail }) => attackerIn(detail),
  then: {
    'disable-access-key': ({ detail }) => accessKeysIn(detail),
    'quarantine-instance': ({ detail }) => instancesIn(detail),
    'snapshot-volumes': ({ detail }) => instancesIn(detail),
    notify: ({ detail }) => ({ subject: `${attackerIn(detail)}: ${detail.type} (finding ${detail.id})` }),
  },
  mode: 'contain',
  release: '24h',
})
