import { credentialsWithoutPlaybook, stolenCredentialFindings } from '../find/findings.ts'
import { holderOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** What the other rules leave: a user's session or password, a federated user, another account, or no name at all. */
export const guarddutyOtherCredentials = rule({
  name: 'guardduty-other-credentials',
  threats: ['THREAT-03'],
  because: 'Credentials that no playbook can disable appear to be stolen.',
  severity: 'high',
  attack: ['T1078.004', 'AML.T0012', 'LLM10'],
  when: finding({ type: stolenCredentialFindings, $or: credentialsWithoutPlaybook }),
  subject: ({ detail }) => holderOf(detail.resource.accessKeyDetails).name,
  then: {
    notify: ({ detail }) => ({
      subject: `${holderOf(detail.resource.accessKeyDetails).name}: ${detail.type}`,
    }),
  },
  mode: 'contain',
  release: '24h',
})
