import { apiKeyIn } from '../events/cloudtrail.ts'
import { rule } from '../rule.ts'
import { call } from '../when.ts'

/** Many are made for good reasons: a person decides. */
export const bedrockApiKeyMade = rule({
  name: 'bedrock-api-key-made',
  threats: ['THREAT-08'],
  because: 'A long-term Bedrock API key was created: a secret that runs models from anywhere.',
  severity: 'medium',
  attack: ['T1098.001', 'T1550.001', 'LLM10'],
  when: call('iam', ['CreateServiceSpecificCredential'], {
    requestParameters: { serviceName: ['bedrock.amazonaws.com'] },
  }),
  subject: ({ detail }) => `user/${detail.requestParameters.userName}`,
  then: {
    'disable-api-key': ({ detail }) => apiKeyIn(detail),
  },
  mode: 'approve',
  release: '7d',
})
