import type { Expected } from './expectation.ts'
import { expectedSignals } from './expected-signals.ts'

/** Most events happen here. */
export const here = { account: '111122223333', region: 'us-east-1' }

const session = { roleName: 'gpu-worker', principalId: 'AROADBQP57FF2AEXAMPLE:i-0a1b2c3d4e5f60718' }
const gpu = { instanceId: 'i-0a1b2c3d4e5f60718' }
const other = { instanceId: 'i-00000000000000abc' }
const alice = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }
const tor = 'UnauthorizedAccess:IAMUser/TorIPCaller'
const ireland = { account: '444455556666', region: 'eu-west-1' }

/** By folder and file. */
export const expected: Record<string, Expected> = {
  ...expectedSignals,

  'api-flood/fires': {
    fires: ['api-flood'],
    subject: 'shop-chat/prod',
    targets: { 'throttle-stage': [{ apiName: 'shop-chat', stageName: 'prod' }] },
  },
  'api-flood/fires-hostile': { fires: ['api-flood'], unreadable: /Stage is not a valid stageName/ },
  'api-flood/fires-maths': {
    fires: ['api-flood'],
    subject: 'shop-chat/prod',
    targets: { 'throttle-stage': [{ apiName: 'shop-chat', stageName: 'prod' }] },
  },
  'api-flood/not-http-api': { fires: [] },
  'api-flood/not-over': { fires: [] },
  'api-flood/not-whole-api': { fires: [] },

  'bedrock-model-access-enabled/fires': {
    fires: ['bedrock-model-access-enabled'],
    subject: 'role/rag-indexer',
    targets: { 'deny-inference': [{ principal: 'role/rag-indexer' }], notify: [] },
  },
  'bedrock-model-access-enabled/fires-federated': {
    fires: ['bedrock-model-access-enabled'],
    subject: 'user/alice',
    targets: { 'deny-inference': [{ principal: 'user/alice' }], notify: [] },
  },
  'bedrock-model-access-enabled/fires-hostile': {
    fires: ['bedrock-model-access-enabled'],
    unreadable: /detail\.userIdentity\.userName is not a valid principal/,
  },
  'bedrock-model-access-enabled/fires-nameless': {
    fires: ['bedrock-model-access-enabled'],
    unreadable: /detail\.userIdentity\.userName is missing/,
  },
  'bedrock-model-access-enabled/fires-root': {
    fires: ['bedrock-model-access-enabled'],
    subject: 'root',
    targets: { 'deny-inference': [], notify: [{ subject: 'root: PutUseCaseForModelAccess' }] },
  },
  'bedrock-model-access-enabled/fires-user': {
    fires: ['bedrock-model-access-enabled'],
    subject: 'user/alice',
    targets: { 'deny-inference': [{ principal: 'user/alice' }], notify: [] },
  },
  'bedrock-model-access-enabled/not-asking': { fires: [] },
  'bedrock-model-access-enabled/not-denied': { fires: [] },
  'bedrock-model-access-enabled/not-forged': { fires: [] },
  'bedrock-model-access-enabled/not-service-event': { fires: [] },
  'bedrock-model-access-enabled/not-other-service': { fires: [] },

  'guardduty-attack-sequence/fires': {
    fires: ['guardduty-attack-sequence'],
    subject: 'user/alice',
    targets: {
      'disable-access-key': [alice],
      'quarantine-instance': [gpu, { ...other, ...ireland }],
      'snapshot-volumes': [gpu, { ...other, ...ireland }],
      notify: [
        {
          subject:
            'user/alice: AttackSequence:IAM/CompromisedCredentials (finding 3aabea458d21e515be4c2d3b24197c52)',
        },
      ],
    },
  },
  'guardduty-attack-sequence/fires-bucket': {
    fires: ['guardduty-attack-sequence'],
    subject: 'role/analyst',
    targets: {
      'disable-access-key': [],
      'quarantine-instance': [],
      'snapshot-volumes': [],
      notify: [
        {
          subject:
            'role/analyst: AttackSequence:S3/CompromisedData (finding 40179f6b6700f7c03df735b7702b5b0a)',
        },
      ],
    },
  },
  'guardduty-attack-sequence/fires-group': {
    fires: ['guardduty-attack-sequence'],
    subject: 'i-00000000000000abc',
    targets: {
      'disable-access-key': [],
      'quarantine-instance': [{ ...other, region: 'us-west-2' }],
      'snapshot-volumes': [{ ...other, region: 'us-west-2' }],
      notify: [
        {
          subject:
            'i-00000000000000abc: AttackSequence:EC2/CompromisedInstanceGroup (finding a0897f97d1a5bbf0a6d1d2115ecdef55)',
        },
      ],
    },
  },
  'guardduty-attack-sequence/fires-hostile': {
    fires: ['guardduty-attack-sequence'],
    unreadable: /is not a valid instanceId/,
  },
  'guardduty-attack-sequence/not-archived': { fires: [] },
  'guardduty-attack-sequence/not-signal': { fires: [] },

  'guardduty-instance-compromise/fires': {
    fires: ['guardduty-instance-compromise'],
    subject: gpu.instanceId,
    targets: { 'quarantine-instance': [gpu], 'snapshot-volumes': [gpu] },
  },
  'guardduty-instance-compromise/fires-hostile': {
    fires: ['guardduty-instance-compromise'],
    unreadable: /detail\.resource\.instanceDetails\.instanceId is not a valid instanceId/,
  },
  'guardduty-instance-compromise/fires-member': {
    fires: ['guardduty-instance-compromise'],
    subject: gpu.instanceId,
    targets: {
      'quarantine-instance': [{ ...gpu, region: 'ap-southeast-2' }],
      'snapshot-volumes': [{ ...gpu, region: 'ap-southeast-2' }],
    },
  },
  'guardduty-instance-compromise/fires-runtime': {
    fires: ['guardduty-instance-compromise'],
    subject: gpu.instanceId,
    targets: { 'quarantine-instance': [gpu], 'snapshot-volumes': [gpu] },
  },
  'guardduty-instance-compromise/not-archived': { fires: [] },
  'guardduty-instance-compromise/not-image': { fires: [] },
  'guardduty-instance-compromise/not-knocking': { fires: [] },
  'guardduty-instance-compromise/not-scanned': { fires: [] },

  'guardduty-instance-credentials-abroad/fires': {
    fires: ['guardduty-instance-credentials-abroad'],
    subject: 'role/gpu-worker',
    targets: { 'deny-session': [session], 'revoke-sessions': [{ roleName: 'gpu-worker' }] },
  },
  'guardduty-instance-credentials-abroad/not-outside': {
    fires: ['guardduty-instance-credentials-exfiltrated'],
  },
  'guardduty-instance-credentials-abroad/not-archived': { fires: [] },

  'guardduty-instance-credentials-exfiltrated/fires': {
    fires: ['guardduty-instance-credentials-exfiltrated'],
    subject: 'role/gpu-worker',
    targets: { 'deny-session': [session], 'revoke-sessions': [{ roleName: 'gpu-worker' }] },
  },
  'guardduty-instance-credentials-exfiltrated/fires-function': {
    fires: ['guardduty-instance-credentials-exfiltrated'],
    subject: 'role/sanitise-role',
    targets: {
      'deny-session': [{ roleName: 'sanitise-role', principalId: 'AROADBQP57FF2AEXAMPLE:sanitise' }],
      'revoke-sessions': [{ roleName: 'sanitise-role' }],
    },
  },
  'guardduty-instance-credentials-exfiltrated/not-archived': { fires: [] },
  'guardduty-instance-credentials-exfiltrated/not-within': {
    fires: ['guardduty-instance-credentials-abroad'],
  },

  'guardduty-instance-suspected/fires': {
    fires: ['guardduty-instance-suspected'],
    subject: gpu.instanceId,
    targets: { 'quarantine-instance': [gpu], 'snapshot-volumes': [gpu] },
  },
  'guardduty-instance-suspected/not-high': { fires: ['guardduty-instance-compromise'] },
  'guardduty-instance-suspected/not-low': { fires: [] },
  'guardduty-instance-suspected/not-scanned': { fires: [] },
  'guardduty-instance-suspected/not-task': { fires: ['guardduty-workload-compromise'] },
  'guardduty-instance-suspected/not-archived': { fires: [] },

  'guardduty-model-abuse/fires': {
    fires: ['guardduty-model-abuse'],
    subject: 'user/alice',
    targets: { notify: [{ subject: 'user/alice: Impact:IAMUser/CostHarvesting' }] },
  },
  'guardduty-model-abuse/fires-role': {
    fires: ['guardduty-model-abuse'],
    subject: 'role/rag-indexer',
    targets: {
      notify: [
        { subject: 'role/rag-indexer: Impact:IAMUser/AnomalousModelInvocation', region: 'eu-central-1' },
      ],
    },
  },
  'guardduty-model-abuse/not-archived': { fires: [] },
  'guardduty-model-abuse/not-as-the-api-answers': { fires: [] },
  'guardduty-model-abuse/not-other-impact': { fires: [] },

  'guardduty-other-credentials/fires': {
    fires: ['guardduty-other-credentials'],
    subject: '111122223333:laptop',
    targets: { notify: [{ subject: `111122223333:laptop: ${tor}` }] },
  },
  'guardduty-other-credentials/fires-account': {
    fires: ['guardduty-other-credentials'],
    subject: 'AIDAOTHERACCOUNTEXAMPLE',
    targets: { notify: [{ subject: `AIDAOTHERACCOUNTEXAMPLE: ${tor}` }] },
  },
  'guardduty-other-credentials/fires-console': {
    fires: ['guardduty-other-credentials'],
    subject: 'user/alice',
    targets: { notify: [{ subject: 'user/alice: UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B' }] },
  },
  'guardduty-other-credentials/fires-unnamed': {
    fires: ['guardduty-other-credentials'],
    subject: 'unknown credentials',
    targets: {
      notify: [{ subject: 'unknown credentials: PrivilegeEscalation:IAMUser/AdministrativePermissions' }],
    },
  },
  'guardduty-other-credentials/not-key': { fires: ['guardduty-stolen-user-key'] },
  'guardduty-other-credentials/not-looking': { fires: [] },
  'guardduty-other-credentials/not-role': { fires: ['guardduty-stolen-session'] },
  'guardduty-other-credentials/not-archived': { fires: [] },

  'guardduty-prompt-injection/fires': {
    fires: ['guardduty-prompt-injection'],
    subject: 'role/shop-chatbot',
    targets: { 'deny-inference': [{ principal: 'role/shop-chatbot' }], notify: [] },
  },
  'guardduty-prompt-injection/fires-root': {
    fires: ['guardduty-prompt-injection'],
    subject: 'root',
    targets: { 'deny-inference': [], notify: [{ subject: 'root: Impact:IAMUser/PromptInjection.Direct' }] },
  },
  'guardduty-prompt-injection/not-archived': { fires: [] },
  'guardduty-prompt-injection/not-indirect': { fires: [] },

  'guardduty-root-credentials/fires': {
    fires: ['guardduty-root-credentials'],
    subject: 'root',
    targets: { notify: [{ subject: `root: ${tor}` }] },
  },
  'guardduty-root-credentials/not-own-use': { fires: [] },
  'guardduty-root-credentials/not-user': { fires: ['guardduty-stolen-user-key'] },
  'guardduty-root-credentials/not-archived': { fires: [] },

  'guardduty-stolen-session/fires': {
    fires: ['guardduty-stolen-session'],
    subject: 'role/developer',
    targets: {
      'deny-session': [{ roleName: 'developer', principalId: 'AROADBQP57FF2AEXAMPLE:dana@example.com' }],
    },
  },
  'guardduty-stolen-session/fires-hostile': {
    fires: ['guardduty-stolen-session'],
    unreadable: /detail\.resource\.accessKeyDetails\.principalId is not a valid principalId/,
  },
  'guardduty-stolen-session/not-cluster': { fires: [] },
  'guardduty-stolen-session/not-user': { fires: ['guardduty-stolen-user-key'] },
  'guardduty-stolen-session/not-archived': { fires: [] },

  'guardduty-stolen-user-key/fires': {
    fires: ['guardduty-stolen-user-key'],
    subject: 'user/ci-deployer',
    targets: { 'disable-access-key': [alice] },
  },
  'guardduty-stolen-user-key/fires-anomaly': {
    fires: ['guardduty-stolen-user-key'],
    subject: 'user/ci-deployer',
    targets: { 'disable-access-key': [alice] },
  },
  'guardduty-stolen-user-key/not-archived': { fires: [] },
  'guardduty-stolen-user-key/not-looking': { fires: [] },
  'guardduty-stolen-user-key/not-role': { fires: ['guardduty-stolen-session'] },
  'guardduty-stolen-user-key/not-session': { fires: ['guardduty-other-credentials'] },
  'guardduty-stolen-user-key/not-root-key': { fires: ['guardduty-root-credentials'] },

  'guardduty-workload-compromise/fires': {
    fires: ['guardduty-workload-compromise'],
    subject: 'arn:aws:lambda:us-east-1:111122223333:function:sanitise',
    targets: {
      notify: [
        { subject: 'arn:aws:lambda:us-east-1:111122223333:function:sanitise: Backdoor:Lambda/C&CActivity.B' },
      ],
    },
  },
  'guardduty-workload-compromise/fires-cluster': {
    fires: ['guardduty-workload-compromise'],
    subject: 'arn:aws:eks:us-east-1:111122223333:cluster/agents',
    targets: {
      notify: [
        {
          subject:
            'arn:aws:eks:us-east-1:111122223333:cluster/agents: Execution:Kubernetes/ExecInKubeSystemPod',
        },
      ],
    },
  },
  'guardduty-workload-compromise/fires-task': {
    fires: ['guardduty-workload-compromise'],
    subject: 'arn:aws:ecs:us-east-1:111122223333:cluster/agents',
    targets: {
      notify: [
        { subject: 'arn:aws:ecs:us-east-1:111122223333:cluster/agents: Execution:Runtime/NewBinaryExecuted' },
      ],
    },
  },
  'guardduty-workload-compromise/not-instance': { fires: ['guardduty-instance-compromise'] },
  'guardduty-workload-compromise/not-looking': { fires: [] },
  'guardduty-workload-compromise/not-archived': { fires: [] },

  'health-exposed-key/fires': {
    fires: ['health-exposed-key'],
    subject: 'AKIAIOSFODNN7EXAMPLE',
    targets: { 'disable-access-key': [alice, { accessKeyId: 'AKIAI44QH8DHBEXAMPLE' }], notify: [] },
  },
  'health-exposed-key/fires-hostile': {
    fires: ['health-exposed-key'],
    unreadable: /is not a valid accessKeyId/,
  },
  'health-exposed-key/fires-organization': {
    fires: ['health-exposed-key'],
    subject: 'AKIAIOSFODNN7EXAMPLE',
    targets: { 'disable-access-key': [alice], notify: [] },
  },
  'health-exposed-key/fires-unnamed': {
    fires: ['health-exposed-key'],
    subject:
      'arn:aws:health:us-east-1::event/RISK/AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED/AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED_0a1b2c3d4e5f',
    targets: {
      'disable-access-key': [],
      notify: [
        {
          subject:
            'arn:aws:health:us-east-1::event/RISK/AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED/AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED_0a1b2c3d4e5f',
        },
      ],
    },
  },
  'health-exposed-key/not-maintenance': { fires: [] },
  'health-exposed-key/not-other-risk': { fires: [] },
  'health-exposed-key/not-over': { fires: [] },
  'health-exposed-key/not-other-service': { fires: [] },

  'iam-key-quarantined/fires': {
    fires: ['iam-key-quarantined'],
    subject: 'user/ci-deployer',
    targets: {
      'deny-inference': [{ principal: 'user/ci-deployer' }],
      notify: [{ subject: 'user/ci-deployer: quarantined by AWS' }],
    },
  },
  'iam-key-quarantined/fires-hostile': {
    fires: ['iam-key-quarantined'],
    unreadable: /detail\.requestParameters\.userName is not a valid principal/,
  },
  'iam-key-quarantined/not-lifted': { fires: [] },
  'iam-key-quarantined/not-lookalike': { fires: [] },
  'iam-key-quarantined/not-other-policy': { fires: [] },
  'iam-key-quarantined/not-refused': { fires: [] },
  'iam-key-quarantined/not-other-service': { fires: [] },
}
