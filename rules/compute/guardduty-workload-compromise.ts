import { hostComputeFindings, workloadOf } from '../find/findings.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** Compute other than instances: functions, tasks, pods. No playbook contains these yet, so responders are notified. */
export const guarddutyWorkloadCompromise = rule({
  name: 'guardduty-workload-compromise',
  threats: ['THREAT-50'],
  because: 'GuardDuty: a function or a container is controlled by someone else.',
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
