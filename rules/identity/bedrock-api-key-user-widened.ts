import { accessKeyIn } from '../events/cloudtrail.ts'
import { apiKeyUserChanges } from '../find/monitored-calls.ts'
import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** AWS creates this user for an API key only; the policy that AWS attaches itself is expected. */
export const bedrockApiKeyUserWidened = rule({
  name: 'bedrock-api-key-user-widened',
  threats: ['THREAT-09'],
  because: 'The user behind a Bedrock API key was given an access key, a password or a policy.',
  severity: 'high',
  attack: ['T1098.001', 'T1078.004', 'LLM10'],
  when: call('iam', apiKeyUserChanges.calls, { requestParameters: apiKeyUserChanges.parameters }),
  subject: ({ detail }) => `user/${detail.requestParameters.userName}`,
  then: {
    'deny-inference': ({ detail }) => ({ principal: `user/${detail.requestParameters.userName}` }),
    'disable-access-key': ({ detail }) => accessKeyIn(detail),
    notify: ({ detail }) => ({ subject: `user/${detail.requestParameters.userName}: ${detail.eventName}` }),
  },
  mode: 'contain',
  release: '7d',
})
