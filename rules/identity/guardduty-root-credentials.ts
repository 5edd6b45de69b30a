import { stolenCredentialFindings } from '../find/findings.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** T03, root. No policy in the account binds it: only people can act, so they are told. */
export const guarddutyRootCredentials = rule({
  name: 'guardduty-root-credentials',
  because: 'Somebody else may be using the root user of the account.',
  severity: 'critical',
  attack: ['T1078.004', 'AML.T0012', 'ASI03'],
  when: finding({ type: stolenCredentialFindings, resource: { accessKeyDetails: { userType: ['Root'] } } }),
  subject: () => 'root',
  then: { notify: ({ detail }) => ({ subject: `root: ${detail.type}` }) },
  mode: 'contain',
  release: '24h',
})
