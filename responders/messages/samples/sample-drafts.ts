import type { By } from '../../../engine/command.ts'
import type { Ask, Containment, Step } from '../../../engine/journal/record.ts'
import { diff, type State as Found } from '../../../engine/state.ts'
import type { IncidentState } from '../view/incident-view.ts'
import * as found from './sample-states.ts'

export const sampleAccount = '111122223333'
export const sampleRegion = 'us-east-1'
const place = { account: sampleAccount, region: sampleRegion }
const rule: By = { who: 'portcullis', how: 'rule' }
const clock: By = { who: 'clock', how: 'EventBridge Scheduler' }
const maria: By = { who: 'maria', how: 'slack' }
const lee: By = { who: 'lee', how: 'iam', reason: 'nightly re-index, expected' }
const ask: Ask = {
  decideBy: '2026-11-21T14:17:17.000Z',
  approvals: 1,
  preventSelf: true,
  onExpire: 'nothing',
}

/** What distinguishes one sample containment from another. */
export type SampleDraft = Partial<Containment> & { before: Found; after: Found; history: Step[] }

const step = (at: string, status: Step['status'], by: By, why?: string): Step => ({
  at: `2026-11-21T${at}.000Z`,
  status,
  by,
  ...(why && { why }),
})
const asked = step('14:02:17', 'proposed', rule)
const begun = [step('14:02:17', 'containing', rule), step('14:02:19', 'contained', rule)]
const agreed = [asked, step('14:03:12', 'containing', maria), step('14:03:13', 'contained', maria)]

const quarantine = {
  ...found.instanceStates,
  playbook: 'quarantine-instance',
  target: { ...place, instanceId: 'i-0f3a9c81d2e4b5a67' },
  rule: 'guardduty-instance-compromise',
  because: 'GuardDuty: this instance is controlled by someone else.',
  subject: 'i-0f3a9c81d2e4b5a67',
}
const caveats = [
  'All connections are blocked, including yours.',
  'rag-workers has one instance less until the release.',
  'Credentials of its role that the instance has already fetched work for up to six hours: also revoke the sessions of the role.',
]
const inference = {
  ...found.inferenceStates,
  playbook: 'deny-inference',
  target: { ...place, principal: 'role/rag-indexer' },
  rule: 'bedrock-model-access-enabled',
  because: 'Access to a model was enabled: the first step of LLMjacking.',
  subject: 'role/rag-indexer',
  mode: 'approve' as const,
}
const throttle = {
  ...found.apiStageStates,
  playbook: 'throttle-stage',
  target: { ...place, apiName: 'shop-chat', stageName: 'prod' },
  rule: 'api-flood',
  because: 'An alarm reports that an API receives or rejects far more requests than expected.',
  subject: 'shop-chat',
  severity: 'medium' as const,
  mode: 'approve' as const,
}
const revoke = {
  ...found.sessionStates,
  playbook: 'revoke-sessions',
  target: { ...place, roleName: 'rag-indexer' },
  rule: 'guardduty-instance-credentials-exfiltrated',
  because: 'Credentials of an instance or a function are used from outside AWS, so they were stolen.',
  subject: 'role/rag-indexer',
  severity: 'critical' as const,
}
const evidence = {
  ...quarantine,
  ...found.volumeStates,
  playbook: 'snapshot-volumes',
  plan: { hash: '81aa03e'.padEnd(64, '4'), changes: [], caveats: [], undo: false },
}

const changed = diff(found.instanceStates.before, found.instanceStates.after)
/** The containments of the sample incident in each state. */
export const sampleDrafts: Record<IncidentState, SampleDraft[]> = {
  'approval-needed': [
    { ...quarantine, mode: 'approve', status: 'proposed', ask, history: [asked], plan: withCaveats(caveats) },
    { ...evidence, mode: 'approve', status: 'proposed', ask, history: [asked] },
  ],
  containing: [{ ...quarantine, status: 'containing', history: begun.slice(0, 1) }],
  contained: [
    {
      ...inference,
      status: 'contained',
      history: agreed,
      plan: withCaveats(['Every user of this principal loses model access, not only the attacker.']),
    },
  ],
  undone: [{ ...inference, status: 'released', history: [...agreed, step('14:07:41', 'released', lee)] }],
  ended: [{ ...throttle, status: 'released', history: [...begun, step('14:07:17', 'released', clock)] }],
  denied: [
    {
      ...throttle,
      status: 'closed',
      ask,
      history: [asked, step('14:05:02', 'closed', { ...maria, reason: 'load test of the shop team' })],
    },
  ],
  expired: [
    {
      ...found.accessKeyStates,
      playbook: 'disable-access-key',
      target: { ...place, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
      rule: 'guardduty-stolen-user-key',
      because: "A user's access key is used by someone else.",
      subject: 'user/ci-deployer',
      mode: 'approve',
      status: 'closed',
      ask: { ...ask, decideBy: '2026-11-21T14:07:17.000Z' },
      history: [asked, step('14:07:17', 'closed', clock)],
    },
  ],
  partial: [
    {
      ...quarantine,
      status: 'failed',
      failure: {
        during: 'contain',
        error: 'UnauthorizedOperation: ReplaceNetworkAclEntry is denied by a service control policy',
        done: changed.filter(({ path }) => !path.startsWith('/vpcAcls')),
        missing: changed.filter(({ path }) => path.startsWith('/vpcAcls')),
      },
      history: [...begun.slice(0, 1), step('14:02:31', 'failed', rule)],
    },
    { ...evidence, status: 'contained', history: begun },
  ],
  failed: [
    {
      ...revoke,
      status: 'failed',
      failure: {
        during: 'contain',
        error:
          'AccessDenied: iam:PutRolePolicy on role rag-indexer, explicit deny in a service control policy',
        done: [],
        missing: diff(found.sessionStates.before, found.sessionStates.after),
      },
      history: [...begun.slice(0, 1), step('14:02:18', 'failed', rule)],
    },
  ],
  drifted: [
    {
      ...quarantine,
      status: 'drifted',
      strays: [
        {
          path: '/interfaces/eni-0b7c6d5e4f3a29181/groups',
          before: 'isolated',
          after: ['sg-0d9c8b7a6f5e4d3c2'],
        },
      ],
      history: [...begun, step('14:07:50', 'drifted', clock)],
    },
  ],
  observed: [
    { ...throttle, mode: 'observe', status: 'observed', history: [step('14:02:17', 'observed', rule)] },
  ],
}

export function withCaveats(said: string[]): Containment['plan'] {
  return { hash: '3f9c1d2'.padEnd(64, '7'), changes: [], caveats: said, undo: true }
}
