import type { Containment, RecordedCopy } from '../../../engine/journal/record.ts'

/** What the record of a containment holds of its playbook's work. */
type Sample = Pick<Containment, 'before' | 'after'> & { copy: RecordedCopy }

const groups = ['sg-0a1b2c3d4e5f60718', 'sg-0f1e2d3c4b5a69788']
const network = 'acl-0c5d6e7f8091a2b3c'
const address = '10.20.1.17/32'

// What playbooks read, make and say, as the journal holds it. A test compares the words with those of the playbooks.
export const instanceStates: Sample = {
  copy: {
    title: 'Cut an EC2 instance off the network',
    action: 'cut {target} off the network',
    contained: '{target} is cut off the network',
    released: '{target} is back on the network',
    failed: '{target} may still reach the network',
  },
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

export const volumeStates: Sample = {
  copy: {
    title: 'Snapshot the volumes of an EC2 instance as evidence',
    action: 'snapshot the volumes of {target}',
    contained: 'the volumes of {target} are kept as snapshots',
    released: 'the snapshots of {target} are kept',
    failed: 'volumes of {target} may have no snapshot',
  },
  before: { 'vol-01a2b3c4d5e6f7081': 'missing', 'vol-09f8e7d6c5b4a3021': 'missing' },
  after: { 'vol-01a2b3c4d5e6f7081': 'taken', 'vol-09f8e7d6c5b4a3021': 'taken' },
}

export const inferenceStates: Sample = {
  copy: {
    title: 'Deny a principal all model invocations',
    action: 'stop {target} from running models',
    contained: '{target} can no longer run models',
    released: '{target} can run models again',
    failed: '{target} may still run models',
  },
  before: { inference: 'allowed' },
  after: { inference: 'denied' },
}

export const sessionStates: Sample = {
  copy: {
    title: "Revoke a role's sessions",
    action: 'revoke the sessions of {target}',
    contained: 'the sessions of {target} are revoked',
    released: 'the sessions of {target} are no longer denied',
    failed: 'the sessions of {target} may still work',
  },
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

export const accessKeyStates: Sample = {
  copy: {
    title: 'Disable an access key',
    action: 'disable access key {target}',
    contained: 'access key {target} is disabled',
    released: 'access key {target} works again',
    failed: 'access key {target} may still work',
  },
  before: { user: 'ci-deployer', status: 'Active', sessions: null },
  after: { user: 'ci-deployer', status: 'Inactive', sessions: sessionStates.after.policy ?? null },
}

export const apiStageStates: Sample = {
  copy: {
    title: 'Throttle an API stage',
    action: 'throttle {target}',
    contained: '{target} is throttled',
    released: '{target} runs at its earlier limits',
    failed: '{target} may still accept every request',
  },
  before: { api: 'a1b2c3d4e5', settings: 'more', rate: 500, burst: 1000 },
  after: { api: 'a1b2c3d4e5', settings: 'more', rate: 5, burst: 10 },
}
