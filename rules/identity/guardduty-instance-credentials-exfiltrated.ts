import { holderOf, roleOf, sessionOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/**
 * Outside AWS the credentials of an instance or a function have no legitimate use. The stolen session is denied first,
 * then the role's other sessions, as they may be stolen too: every instance of the role loses its calls for up to six
 * hours, and the plan says so.
 */
export const guarddutyInstanceCredentialsExfiltrated = rule({
  name: 'guardduty-instance-credentials-exfiltrated',
  threats: ['THREAT-03'],
  because: 'Credentials of an instance or a function are used from outside AWS: they were stolen.',
  severity: 'critical',
  attack: ['T1552.005', 'T1078.004', 'AML.T0012', 'LLM10'],
  when: finding({ type: [{ wildcard: 'UnauthorizedAccess:IAMUser/*CredentialExfiltration.OutsideAWS' }] }),
  subject: ({ detail }) => holderOf(detail.resource.accessKeyDetails).name,
  then: {
    'deny-session': ({ detail }) => sessionOf(detail.resource.accessKeyDetails),
    'revoke-sessions': ({ detail }) => roleOf(detail.resource.accessKeyDetails),
  },
  mode: 'contain',
  release: '13h',
})
