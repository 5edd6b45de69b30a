import { stolenCredentialFindings } from '../find/findings.ts'
import { holderOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** Long-term keys only: a user's session (ASIA) has no key to disable, see guardduty-other-credentials. */
export const guarddutyStolenUserKey = rule({
  name: 'guardduty-stolen-user-key',
  threats: ['THREAT-03'],
  because: "A user's access key is used by someone else.",
  severity: 'high',
  attack: ['T1078.004', 'AML.T0012', 'LLM10'],
  when: finding({
    type: stolenCredentialFindings,
    resource: { accessKeyDetails: { userType: ['IAMUser'], accessKeyId: [{ prefix: 'AKIA' }] } },
  }),
  subject: ({ detail }) => holderOf(detail.resource.accessKeyDetails).name,
  then: {
    'disable-access-key': ({ detail }) => ({ accessKeyId: detail.resource.accessKeyDetails.accessKeyId }),
  },
  mode: 'contain',
  release: '7d',
})
