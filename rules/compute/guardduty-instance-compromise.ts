import { hostInstanceFindings } from '../find/findings.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** High confidence. Low-severity findings are left out: port scans from outside would get the instance isolated. */
export const guarddutyInstanceCompromise = rule({
  name: 'guardduty-instance-compromise',
  threats: ['THREAT-50'],
  because: 'GuardDuty: this instance is controlled by someone else.',
  severity: 'high',
  attack: ['T1496', 'T1071', 'AML.T0072', 'LLM03'],
  when: finding({ ...hostInstanceFindings, severity: [{ numeric: ['>=', 7] }] }),
  subject: ({ detail }) => detail.resource.instanceDetails.instanceId,
  then: {
    'quarantine-instance': ({ detail }) => ({ instanceId: detail.resource.instanceDetails.instanceId }),
    'snapshot-volumes': ({ detail }) => ({ instanceId: detail.resource.instanceDetails.instanceId }),
  },
  mode: 'contain',
  release: '24h',
})
