import { holderOf, roleOf, sessionOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/**
 * T03, away from AWS: nobody but a thief takes the credentials of an instance or a function there. His session first,
 * then the role's others, which he may have too: that costs every instance of the role its calls for up to six hours,
 * and the plan says so.
 */
export const guarddutyInstanceCredentialsExfiltrated = rule({
  name: 'guardduty-instance-credentials-exfiltrated',
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
