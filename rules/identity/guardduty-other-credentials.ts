import { beyondReach, stolenCredentialFindings } from '../find/findings.ts'
import { holderOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** T03, whoever the other rules leave: a user's session or password, a federated user, another account, nobody named. */
export const guarddutyOtherCredentials = rule({
  name: 'guardduty-other-credentials',
  because: 'Credentials that no playbook can disable look stolen.',
  severity: 'high',
  attack: ['T1078.004', 'AML.T0012', 'LLM10'],
  when: finding({ type: stolenCredentialFindings, $or: beyondReach }),
  subject: ({ detail }) => holderOf(detail.resource.accessKeyDetails).name,
  then: {
    notify: ({ detail }) => ({
      subject: `${holderOf(detail.resource.accessKeyDetails).name}: ${detail.type}`,
    }),
  },
  mode: 'contain',
  release: '24h',
})
