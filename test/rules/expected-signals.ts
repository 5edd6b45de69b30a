import type { Expected } from './expectation.ts'

const indexer = { principal: 'role/rag-indexer' }
const session = { roleName: 'rag-indexer', principalId: 'AROADBQP57FF2AEXAMPLE:i-0a1b2c3d4e5f60718' }
const alice = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }
/** IAM is one place for all Regions; what else happens, happens in the Region of the signal. */
const frankfurt = { region: 'eu-central-1' }
const fires = (rule: string, subject: string, targets: Expected['targets']): Expected => ({
  fires: [rule],
  subject,
  targets: targets ?? {},
})
const all = (rule: string, says: string): Record<string, Expected> => ({
  [`${rule}/fires`]: fires(rule, 'role/rag-indexer', {
    'deny-inference': [indexer],
    'deny-session': [session],
    'disable-access-key': [],
    notify: [],
  }),
  [`${rule}/fires-user`]: fires(rule, 'user/alice', {
    'deny-inference': [{ principal: 'user/alice' }],
    'deny-session': [],
    'disable-access-key': [alice],
    notify: [],
  }),
  [`${rule}/fires-root`]: fires(rule, 'root', {
    'deny-inference': [],
    'deny-session': [],
    'disable-access-key': [],
    notify: [{ subject: `root: ${says}`, ...frankfurt }],
  }),
})
const near = (rule: string, ...others: string[]): Record<string, Expected> =>
  Object.fromEntries(
    ['not-other-threshold', 'not-claimed', ...others].map((name) => [
      `${rule}/${name}`,
      { fires: name === 'not-other-threshold' ? ['inference-volume'] : [] },
    ]),
  )

/** Of rules on signals, and of those on Bedrock's guardrails, logs and keys. By folder and file. */
export const expectedSignals: Record<string, Expected> = {
  ...all('llmjacking-chain', 'LLMjacking'),
  'llmjacking-chain/fires-unnamed': fires('llmjacking-chain', 'an unknown principal', {
    'deny-inference': [],
    'deny-session': [],
    'disable-access-key': [],
    notify: [{ subject: 'an unknown principal: LLMjacking', ...frankfurt }],
  }),
  'llmjacking-chain/fires-hostile': {
    fires: ['llmjacking-chain'],
    unreadable: /name is not a valid principal/,
  },
  ...near('llmjacking-chain'),
  ...all('guardrail-weakened-then-used', 'weakened a guardrail and ran a model'),
  ...near('guardrail-weakened-then-used'),
  'inference-denied/fires': fires('inference-denied', 'role/rag-indexer', {
    'deny-inference': [indexer],
    notify: [],
  }),
  ...near('inference-denied'),
  'inference-volume/fires': fires('inference-volume', 'role/rag-indexer', {
    'deny-inference': [indexer],
    notify: [],
  }),
  ...near('inference-volume'),
  'inference-volume/not-other-threshold': { fires: ['inference-denied'] },
  'unguarded-inference/fires': fires('unguarded-inference', 'role/rag-indexer', {
    'enforce-guardrail': [frankfurt],
  }),
  ...near('unguarded-inference'),
  'agent-role-strays/fires': fires('agent-role-strays', 'role/AgentCore-shop', {
    'deny-session': [{ ...session, roleName: 'AgentCore-shop' }],
    notify: [],
  }),
  ...near('agent-role-strays'),
  'model-artefacts-read/fires': fires('model-artefacts-read', 'role/rag-indexer', {
    'deny-session': [session],
    'disable-access-key': [],
    notify: [],
  }),
  'model-artefacts-read/fires-user': fires('model-artefacts-read', 'user/alice', {
    'deny-session': [],
    'disable-access-key': [alice],
    notify: [],
  }),
  'model-artefacts-read/fires-root': fires('model-artefacts-read', 'root', {
    'deny-session': [],
    'disable-access-key': [],
    notify: [{ subject: 'root: read the size of a whole model', ...frankfurt }],
  }),
  ...near('model-artefacts-read'),
  'model-package-self-approved/fires': fires('model-package-self-approved', 'role/rag-indexer', {
    notify: [
      {
        subject:
          'role/rag-indexer: arn:aws:sagemaker:eu-central-1:111122223333:model-package/scorer/2#dana@example.com',
        ...frankfurt,
      },
    ],
  }),
  ...near('model-package-self-approved'),

  'end-user-attacks/fires': fires('end-user-attacks', 'end user u-17', {
    'throttle-user': [{ userId: 'u-17' }],
  }),
  'end-user-attacks/fires-pool': fires(
    'end-user-attacks',
    'end user us-east-1_Ab1Cd2Ef3/4f1c9a7e-0b1d-4c55-9a51-7f1f6a0e2b11',
    {
      'throttle-user': [
        { userId: 'sha256:b48afc007b8f5c125f9e91a4dd2532c890190db0b375105991a753539688410c' },
      ],
    },
  ),
  'end-user-attacks/not-again': { fires: ['end-user-persists'] },
  'end-user-attacks/not-claimed': { fires: [] },
  'end-user-attacks/not-other-threshold': { fires: ['inference-denied'] },
  'end-user-persists/fires': fires(
    'end-user-persists',
    'end user us-east-1_Ab1Cd2Ef3/4f1c9a7e-0b1d-4c55-9a51-7f1f6a0e2b11',
    {
      'disable-user': [
        { userPoolId: 'us-east-1_Ab1Cd2Ef3', username: '4f1c9a7e-0b1d-4c55-9a51-7f1f6a0e2b11' },
      ],
      notify: [],
    },
  ),
  'end-user-persists/fires-no-pool': fires('end-user-persists', 'end user u-17', {
    'disable-user': [],
    notify: [{ subject: 'end user u-17: not in a user pool', ...frankfurt }],
  }),
  'end-user-persists/not-yet': { fires: ['end-user-attacks'] },
  'end-user-persists/not-other-threshold': { fires: ['inference-denied'] },

  'user-tokens-spent/fires': fires('user-tokens-spent', 'end user u-17', {
    'throttle-user': [{ userId: 'u-17' }],
  }),
  'user-tokens-spent/fires-hard': fires('user-tokens-spent', 'end user u-17', {
    'throttle-user': [{ userId: 'u-17' }],
  }),
  'user-tokens-spent/not-session': { fires: ['tokens-running-out'] },
  'tokens-spent/fires': fires('tokens-spent', 'agent AGENT12345', {
    'deny-inference': [indexer],
    notify: [{ subject: 'agent AGENT12345: hard token limit reached', ...frankfurt }],
  }),
  'tokens-spent/fires-tenant': fires('tokens-spent', 'tenant acme', {
    'deny-inference': [],
    notify: [{ subject: 'tenant acme: hard token limit reached', ...frankfurt }],
  }),
  'tokens-spent/fires-session': fires('tokens-spent', 'session chat-7', {
    'deny-inference': [],
    notify: [{ subject: 'session chat-7: hard token limit reached', ...frankfurt }],
  }),
  'tokens-spent/not-soft': { fires: ['tokens-running-out'] },
  'tokens-spent/not-user': { fires: ['user-tokens-spent'] },
  'tokens-running-out/fires': fires('tokens-running-out', 'session chat-7', {
    notify: [{ subject: 'session chat-7: soft token limit reached', ...frankfurt }],
  }),
  'tokens-running-out/not-hard': { fires: ['tokens-spent'] },
  'tokens-running-out/not-user': { fires: ['user-tokens-spent'] },

  'bedrock-guardrail-weakened/fires': fires('bedrock-guardrail-weakened', 'guardrail gr4rdr41l0id', {
    'restore-guardrail': [{ guardrailId: 'gr4rdr41l0id', ...frankfurt }],
  }),
  'bedrock-guardrail-weakened/fires-arn': fires(
    'bedrock-guardrail-weakened',
    'guardrail arn:aws:bedrock:eu-central-1:111122223333:guardrail/gr4rdr41l0id',
    { 'restore-guardrail': [{ guardrailId: 'gr4rdr41l0id', ...frankfurt }] },
  ),
  'bedrock-guardrail-weakened/fires-hostile': {
    fires: ['bedrock-guardrail-weakened'],
    unreadable: /guardrailIdentifier is not a valid guardrailId/,
  },
  'bedrock-guardrail-weakened/not-denied': { fires: [] },
  'bedrock-guardrail-weakened/not-made': { fires: [] },
  'bedrock-guardrail-weakened/not-other-service': { fires: [] },
  'bedrock-guardrail-unenforced/fires': fires(
    'bedrock-guardrail-unenforced',
    'enforced guardrail in eu-central-1',
    { 'enforce-guardrail': [frankfurt] },
  ),
  'bedrock-guardrail-unenforced/not-denied': { fires: [] },
  'bedrock-guardrail-unenforced/not-listed': { fires: [] },
  'bedrock-guardrail-unenforced/not-other-service': { fires: [] },
  'bedrock-logging-off/fires': fires('bedrock-logging-off', 'invocation logging in eu-central-1', {
    'restore-invocation-logging': [frankfurt],
  }),
  'bedrock-logging-off/fires-elsewhere': fires('bedrock-logging-off', 'invocation logging in eu-central-1', {
    'restore-invocation-logging': [frankfurt],
  }),
  'bedrock-logging-off/not-denied': { fires: [] },
  'bedrock-logging-off/not-looked': { fires: [] },
  'bedrock-logging-off/not-other-service': { fires: [] },

  'bedrock-api-key-made/fires': fires('bedrock-api-key-made', 'user/BedrockAPIKey-a1b2', {
    'disable-api-key': [
      { serviceSpecificCredentialId: 'ACCADBQP57FF2AEXAMPLE', userName: 'BedrockAPIKey-a1b2' },
    ],
  }),
  'bedrock-api-key-made/fires-hostile': {
    fires: ['bedrock-api-key-made'],
    unreadable: /serviceSpecificCredentialId is not a valid serviceSpecificCredentialId/,
  },
  'bedrock-api-key-made/not-codecommit': { fires: [] },
  'bedrock-api-key-made/not-denied': { fires: [] },
  'bedrock-api-key-made/not-listed': { fires: [] },
  'bedrock-api-key-made/not-other-service': { fires: [] },
  'bedrock-api-key-destroys/fires': {
    fires: ['bedrock-api-key-destroys', 'bedrock-guardrail-weakened'],
    subject: 'user/BedrockAPIKey-a1b2',
    targets: { 'deny-inference': [{ principal: 'user/BedrockAPIKey-a1b2' }], notify: [] },
  },
  'bedrock-api-key-destroys/fires-root': fires('bedrock-api-key-destroys', 'root', {
    'deny-inference': [],
    notify: [{ subject: 'root: DeleteCustomModel', ...frankfurt }],
  }),
  'bedrock-api-key-destroys/not-called': { fires: [] },
  'bedrock-api-key-destroys/not-denied': { fires: [] },
  'bedrock-api-key-destroys/not-other-service': { fires: [] },
  'bedrock-api-key-destroys/not-signed': { fires: [] },
  'bedrock-api-key-user-widened/fires': fires('bedrock-api-key-user-widened', 'user/BedrockAPIKey-a1b2', {
    'deny-inference': [{ principal: 'user/BedrockAPIKey-a1b2' }],
    'disable-access-key': [alice],
    notify: [{ subject: 'user/BedrockAPIKey-a1b2: CreateAccessKey' }],
  }),
  'bedrock-api-key-user-widened/fires-policy': fires(
    'bedrock-api-key-user-widened',
    'user/BedrockAPIKey-a1b2',
    {
      'deny-inference': [{ principal: 'user/BedrockAPIKey-a1b2' }],
      'disable-access-key': [],
      notify: [{ subject: 'user/BedrockAPIKey-a1b2: AttachUserPolicy' }],
    },
  ),
  'bedrock-api-key-user-widened/not-as-made': { fires: [] },
  'bedrock-api-key-user-widened/not-denied': { fires: [] },
  'bedrock-api-key-user-widened/not-listed': { fires: [] },
  'bedrock-api-key-user-widened/not-other-service': { fires: [] },
  'bedrock-api-key-user-widened/not-other-user': { fires: [] },
  'bedrock-mantle-inference/fires': fires('bedrock-mantle-inference', 'role/rag-indexer', {
    notify: [{ subject: 'role/rag-indexer: bedrock-mantle.amazonaws.com', ...frankfurt }],
  }),
  'bedrock-mantle-inference/not-denied': { fires: [] },
  'bedrock-mantle-inference/not-listed': { fires: [] },
  'bedrock-mantle-inference/not-other-service': { fires: [] },
}
