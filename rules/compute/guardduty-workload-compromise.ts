import { hostComputeFindings, workloadOf } from '../find/findings.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** T50 without an instance of our own: functions, tasks, pods. Nothing contains them yet, so people are told. */
export const guarddutyWorkloadCompromise = rule({
  name: 'guardduty-workload-compromise',
  because: 'GuardDuty saw somebody else drive a function or a container.',
  severity: 'high',
  attack: ['T1496', 'T1071', 'AML.T0112', 'LLM03', 'ASI05'],
  when: finding({
    type: hostComputeFindings,
    resource: { resourceType: ['Lambda', 'ECSCluster', 'EKSCluster', 'Container'] },
  }),
  subject: ({ detail }) => workloadOf(detail),
  then: { notify: ({ detail }) => ({ subject: `${workloadOf(detail)}: ${detail.type}` }) },
  mode: 'contain',
  release: '24h',
})
