import { holderOf, roleOf, sessionOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** Within AWS: a theft, or traffic that is routed through another account. */
export const guarddutyInstanceCredentialsAbroad = rule({
  name: 'guardduty-instance-credentials-abroad',
  threats: ['THREAT-03'],
  because: 'Credentials of an instance are used from another AWS account.',
  severity: 'high',
  attack: ['T1552.005', 'T1078.004', 'AML.T0012', 'LLM10'],
  when: finding({ type: [{ wildcard: 'UnauthorizedAccess:IAMUser/*CredentialExfiltration.InsideAWS' }] }),
  subject: ({ detail }) => holderOf(detail.resource.accessKeyDetails).name,
  then: {
    'deny-session': ({ detail }) => sessionOf(detail.resource.accessKeyDetails),
    'revoke-sessions': ({ detail }) => roleOf(detail.resource.accessKeyDetails),
  },
  mode: 'approve',
  release: '13h',
})
