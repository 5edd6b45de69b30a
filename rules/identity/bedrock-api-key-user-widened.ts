import { accessKeyIn } from '../events/cloudtrail.ts'
import { widening } from '../find/monitored-calls.ts'
import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** T09. AWS makes this user to stand behind an API key, and for nothing else; its own policy is as it should be. */
export const bedrockApiKeyUserWidened = rule({
  name: 'bedrock-api-key-user-widened',
  because: 'The user behind a Bedrock API key was given a key, a password or a policy.',
  severity: 'high',
  attack: ['T1098.001', 'T1078.004', 'LLM10'],
  when: call('iam', widening.calls, { requestParameters: widening.of }),
  subject: ({ detail }) => `user/${detail.requestParameters.userName}`,
  then: {
    'deny-inference': ({ detail }) => ({ principal: `user/${detail.requestParameters.userName}` }),
    'disable-access-key': ({ detail }) => accessKeyIn(detail),
    notify: ({ detail }) => ({ subject: `user/${detail.requestParameters.userName}: ${detail.eventName}` }),
  },
  mode: 'contain',
  release: '7d',
})
