import { hostInstanceFindings } from '../find/findings.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** T50, of medium severity: odd enough to ask, not sure enough to act. */
export const guarddutyInstanceSuspected = rule({
  name: 'guardduty-instance-suspected',
  because: 'GuardDuty saw this instance do what driven instances do.',
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
