import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** AWS's own quarantine policy for a leaked key still allows some ways to run models: this closes them. */
export const iamKeyQuarantined = rule({
  name: 'iam-key-quarantined',
  threats: ['THREAT-11'],
  because: 'AWS quarantined a user whose access key leaked.',
  severity: 'critical',
  attack: ['T1552.001', 'AML.T0055', 'LLM10'],
  when: call('iam', ['AttachUserPolicy'], {
    requestParameters: { policyArn: [{ prefix: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine' }] },
  }),
  subject: ({ detail }) => `user/${detail.requestParameters.userName}`,
  then: {
    'deny-inference': ({ detail }) => ({ principal: `user/${detail.requestParameters.userName}` }),
    notify: ({ detail }) => ({ subject: `user/${detail.requestParameters.userName}: quarantined by AWS` }),
  },
  mode: 'contain',
  release: '7d',
})
