import type { State } from '../../../engine/state.ts'

const groups = ['sg-0a1b2c3d4e5f60718', 'sg-0f1e2d3c4b5a69788']
const network = 'acl-0c5d6e7f8091a2b3c'
const address = '10.20.1.17/32'

/** What our own playbooks find and make, as the journal holds it. */
export const instanceStates: { before: State; after: State } = {
  before: {
    interfaces: { 'eni-0b7c6d5e4f3a29181': { vpc: 'vpc-0d1e2f3a4b5c6d7e8', groups } },
    vpcAcls: { [network]: { [address]: { ingress: 'open', egress: 'open' } } },
    scaling: { 'rag-workers': 'inService' },
    termination: 'allowed',
    shutdown: 'terminate',
    profile: 'arn:aws:iam::111122223333:instance-profile/rag-worker',
    power: 'running',
  },
  after: {
    interfaces: { 'eni-0b7c6d5e4f3a29181': { vpc: 'vpc-0d1e2f3a4b5c6d7e8', groups: 'isolated' } },
    vpcAcls: { [network]: { [address]: { ingress: 'deny', egress: 'deny' } } },
    scaling: { 'rag-workers': 'standby' },
    termination: 'refused',
    shutdown: 'stop',
    profile: null,
    power: 'running',
  },
}

export const volumeStates: { before: State; after: State } = {
  before: { 'vol-01a2b3c4d5e6f7081': 'missing', 'vol-09f8e7d6c5b4a3021': 'missing' },
  after: { 'vol-01a2b3c4d5e6f7081': 'taken', 'vol-09f8e7d6c5b4a3021': 'taken' },
}

export const inferenceStates: { before: State; after: State } = {
  before: { inference: 'allowed' },
  after: { inference: 'denied' },
}

export const sessionStates: { before: State; after: State } = {
  before: { policy: null },
  after: {
    policy: JSON.stringify({
      Statement: [
        {
          Action: '*',
          Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-21T14:02:41.000Z' } },
          Effect: 'Deny',
          Resource: '*',
        },
      ],
      Version: '2012-10-17',
    }),
  },
}

export const accessKeyStates: { before: State; after: State } = {
  before: { user: 'ci-deployer', status: 'Active', sessions: null },
  after: { user: 'ci-deployer', status: 'Inactive', sessions: sessionStates.after.policy ?? null },
}

export const apiStageStates: { before: State; after: State } = {
  before: { api: 'a1b2c3d4e5', settings: 'more', rate: 500, burst: 1000 },
  after: { api: 'a1b2c3d4e5', settings: 'more', rate: 5, burst: 10 },
}
