import { stolenCredentialFindings } from '../find/findings.ts'
import { holderOf, sessionOf } from '../find/principal.ts'
import { rule } from '../rule.ts'
import { finding } from '../when.ts'

/** Theft and unusual but legitimate use look alike: a person decides. */
export const guarddutyStolenSession = rule({
  name: 'guardduty-stolen-session',
  threats: ['THREAT-03'],
  because: 'A session of a role behaves as if it were stolen.',
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
