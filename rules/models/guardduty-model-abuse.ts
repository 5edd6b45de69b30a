import { holderOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** By type, not severity: AWS rates these low. A single anomaly deserves a look, not a containment. */
export const guarddutyModelAbuse = rule({
  name: 'guardduty-model-abuse',
  threats: ['THREAT-01'],
  because: 'GuardDuty: an identity runs models in an unusual way or at an unusual cost.',
  severity: 'medium',
  attack: ['T1496.004', 'AML.T0040', 'AML.T0034', 'LLM10'],
  when: finding({ type: ['Impact:IAMUser/AnomalousModelInvocation', 'Impact:IAMUser/CostHarvesting'] }),
  subject: ({ detail }) => holderOf(detail.resource.accessKeyDetails).name,
  then: {
    notify: ({ detail }) => ({
      subject: `${holderOf(detail.resource.accessKeyDetails).name}: ${detail.type}`,
    }),
  },
  mode: 'contain',
  release: '24h',
})
