import { hostInstanceFindings } from '../find/findings.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** T50, sure enough to act. What is merely rated low is left: anybody can knock at a port, and would cut us off. */
export const guarddutyInstanceCompromise = rule({
  name: 'guardduty-instance-compromise',
  because: 'GuardDuty saw somebody else drive this instance.',
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
