import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** T11. AWS quarantines a user whose key leaked, but leaves ways to run models: these are closed here. */
export const iamKeyQuarantined = rule({
  name: 'iam-key-quarantined',
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
