import { stolenCredentialFindings } from '../find/findings.ts'
import { holderOf, sessionOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** T03, a role's session. Whether it is stolen or its owner is merely odd, a person knows better. */
export const guarddutyStolenSession = rule({
  name: 'guardduty-stolen-session',
  because: 'A session of a role behaves as if somebody else had it.',
  severity: 'high',
  attack: ['T1078.004', 'AML.T0012', 'LLM10'],
  when: finding({
    type: stolenCredentialFindings,
    resource: { accessKeyDetails: { userType: ['AssumedRole'] } },
  }),
  subject: ({ detail }) => holderOf(detail.resource.accessKeyDetails).name,
  then: { 'deny-session': ({ detail }) => sessionOf(detail.resource.accessKeyDetails) },
  mode: 'approve',
  release: '13h',
})
