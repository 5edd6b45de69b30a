import { hostInstanceFindings } from '../find/findings.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** Medium severity: suspicious enough to ask, not certain enough to act. */
export const guarddutyInstanceSuspected = rule({
  name: 'guardduty-instance-suspected',
  threats: ['THREAT-50'],
  because: 'GuardDuty: this instance behaves like a compromised instance.',
  severity: 'medium',
  attack: ['T1496', 'T1071', 'AML.T0072', 'LLM03'],
  when: finding({ ...hostInstanceFindings, severity: [{ numeric: ['>=', 4, '<', 7] }] }),
  subject: ({ detail }) => detail.resource.instanceDetails.instanceId,
  then: {
    'quarantine-instance': ({ detail }) => ({ instanceId: detail.resource.instanceDetails.instanceId }),
    'snapshot-volumes': ({ detail }) => ({ instanceId: detail.resource.instanceDetails.instanceId }),
  },
  mode: 'approve',
  release: '24h',
})
