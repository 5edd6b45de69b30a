import { stolenCredentialFindings } from '../find/findings.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** No policy in the account applies to root: only people can act, so they are notified. */
export const guarddutyRootCredentials = rule({
  name: 'guardduty-root-credentials',
  threats: ['THREAT-03'],
  because: 'The root user of the account may be used by someone else.',
  severity: 'critical',
  attack: ['T1078.004', 'AML.T0012', 'ASI03'],
  when: finding({ type: stolenCredentialFindings, resource: { accessKeyDetails: { userType: ['Root'] } } }),
  subject: () => 'root',
  then: { notify: ({ detail }) => ({ subject: `root: ${detail.type}` }) },
  mode: 'contain',
  release: '24h',
})
