import { holderOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** T01. By type and never by severity: AWS rates it low. One anomaly alone is worth a look, not a containment. */
export const guarddutyModelAbuse = rule({
  name: 'guardduty-model-abuse',
  because: 'GuardDuty saw an identity run models as it never did before, or at a cost it never had.',
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
