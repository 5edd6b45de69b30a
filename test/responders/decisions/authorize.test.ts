import { describe, expect, test } from 'vitest'
import type { Containment, Step } from '../../../engine/journal/record.ts'
import { type AuthorizationRequest, authorize } from '../../../responders/decisions/authorize/authorize.ts'
import { personByName } from '../../../responders/people.ts'
import { parseRouting } from '../../../responders/routing.ts'
import { routingFixture } from './site.ts'

const routing = parseRouting(routingFixture())
const now = new Date('2026-11-21T14:08:00.000Z')
const hash = '3f9c1d2'.padEnd(64, '0')
const at = (time: string) => `2026-11-21T${time}.000Z`
const step = (status: Step['status'], who: string, how: string): Step => ({
  at: at('14:03:12'),
  status,
  by: { who, how },
})
const claims = {
  slack: { how: 'slack', user: 'U000000002', team: 'T1', channel: 'C1' },
  button: { how: 'slack', user: 'U000000002', team: 'T1', channel: 'C1', trigger: '1.2.3' },
  mail: { how: 'mail', person: 'maria', address: 'maria@example.com', code: '12345678' },
  iam: { how: 'iam', proof: { headers: {}, body: '' } },
} as const

type Change = Partial<Containment> & {
  verb?: AuthorizationRequest['order']['verb']
  order?: Partial<AuthorizationRequest['order']>
  by?: keyof typeof claims
  person?: string
}

function matter({
  verb = 'approve',
  order = {},
  by = 'slack',
  person = 'maria',
  ...more
}: Change): AuthorizationRequest {
  const containment = {
    id: 'c-0123456789abcdef',
    incident: 'inc-7f3a1b2c',
    subject: 'role/rag-indexer',
    target: { account: '123456789012', region: 'us-east-1', roleName: 'rag-indexer' },
    severity: 'high',
    status: 'proposed',
    event: { detail: '{}' },
    plan: { hash, changes: [], caveats: [], undo: true },
    ask: { decideBy: at('14:17:00'), approvals: 1, preventSelf: true, onExpire: 'nothing' },
    history: [step('proposed', 'portcullis', 'rule')],
    ...more,
  } as Containment
  const base = {
    id: '',
    at: now.toISOString(),
    verb,
    plan: hash,
    reason: 'why',
    for: '4h' as const,
    claim: claims[by],
  }
  return {
    order: { ...base, ...order },
    person: personByName(routing, person),
    routing,
    incident: { id: 'inc-7f3a1b2c', subject: containment.subject, containments: [containment] } as never,
    containment,
    now,
  }
}

const actor = (userIdentity: object) => ({ event: { detail: JSON.stringify({ userIdentity }) } })
const byMaria = [step('containing', 'maria', 'slack'), step('contained', 'maria', 'slack')]
const contained = { status: 'contained', history: byMaria } as const

// Each refusal, with the nearest request that is allowed.
const table: [refused: string, Change, outcome: string, says: RegExp, allowed: Change][] = [
  [
    'a person outside the approver group',
    { person: 'sam' },
    'refused',
    /Only @sec-oncall \(maria, lee\) can decide/,
    { person: 'lee' },
  ],
  ['an unknown person', { person: 'mallory' }, 'refused', /Only @sec-oncall/, {}],
  [
    'a critical incident in Slack',
    { severity: 'critical' },
    'refused',
    /portcullis approve inc-7f3a1b2c --plan 3f9c1d2/,
    { severity: 'critical', by: 'iam' },
  ],
  [
    'a critical incident by mail',
    { severity: 'critical', by: 'mail' },
    'refused',
    /Critical/,
    { severity: 'high', by: 'mail' },
  ],
  [
    'an approval of another plan',
    { order: { plan: '3f9c1d3' } },
    'superseded',
    /changed to 3f9c1d2/,
    { order: { plan: '3f9c1d2' } },
  ],
  ['an approval without a plan', { order: { plan: undefined } }, 'refused', /one plan/, {}],
  [
    'an approval after the deadline',
    { ask: { decideBy: at('14:07:59'), approvals: 1, preventSelf: true, onExpire: 'nothing' } },
    'late',
    /deadline was 14:07 UTC/,
    { ask: { decideBy: at('14:08:01'), approvals: 1, preventSelf: true, onExpire: 'nothing' } },
  ],
  [
    'an approval by the subject',
    { subject: 'user/Maria' },
    'refused',
    /You are the subject/,
    { subject: 'user/marianne' },
  ],
  [
    'the subject, by mail address',
    actor({ principalId: 'AROAEXAMPLE:maria@example.com' }),
    'refused',
    /You are the subject/,
    actor({ principalId: 'AROAEXAMPLE:marianne@example.com' }),
  ],
  [
    'the subject, by session name',
    actor({ arn: 'arn:aws:sts::1:assumed-role/Dev/maria' }),
    'refused',
    /You are the subject/,
    actor({ arn: 'arn:aws:sts::1:assumed-role/Dev/lee' }),
  ],
  [
    'an undo by the subject',
    { ...contained, verb: 'undo', subject: 'user/maria' },
    'refused',
    /You are the subject/,
    { ...contained, verb: 'undo', subject: 'user/maria', person: 'lee' },
  ],
  [
    'a subject outside the approver group, where the rule allows subjects',
    {
      subject: 'user/maria',
      person: 'sam',
      ask: { decideBy: at('15:00:00'), approvals: 1, preventSelf: false, onExpire: 'nothing' },
    },
    'refused',
    /Only/,
    {
      subject: 'user/maria',
      ask: { decideBy: at('15:00:00'), approvals: 1, preventSelf: false, onExpire: 'nothing' },
    },
  ],
  [
    'a second approval by the same person',
    { approvals: [{ who: 'maria', how: 'mail' }] },
    'refused',
    /already approved/,
    { approvals: [{ who: 'lee', how: 'mail' }] },
  ],
  [
    'an approval of a containment',
    contained,
    'late',
    /^Already approved by maria \(Slack\) at 14:03 UTC\.$/,
    {},
  ],
  [
    'a denial of a containment',
    { ...contained, verb: 'deny' },
    'late',
    /^Already approved by maria/,
    { verb: 'deny' },
  ],
  [
    'an approval after a denial',
    { status: 'closed', history: [step('proposed', 'portcullis', 'rule'), step('closed', 'lee', 'iam')] },
    'late',
    /^Already denied by lee \(command line\) at 14:03 UTC/,
    {},
  ],
  [
    'an approval after expiry',
    {
      status: 'closed',
      history: [step('proposed', 'portcullis', 'rule'), step('closed', 'clock', 'EventBridge Scheduler')],
    },
    'late',
    /^The approval request expired at 14:03 UTC/,
    {},
  ],
  ['an approval of an observation', { status: 'observed' }, 'refused', /observed/, {}],
  [
    'a denial without a reason',
    { verb: 'deny', order: { reason: ' ' } },
    'refused',
    /A reason is required/,
    { verb: 'deny' },
  ],
  [
    'an undo without a reason',
    { ...contained, verb: 'undo', order: { reason: undefined } },
    'refused',
    /A reason is required/,
    { ...contained, verb: 'undo', by: 'button', order: { reason: undefined } },
  ],
  ['an undo of a proposal', { verb: 'undo' }, 'refused', /proposed/, { verb: 'undo', status: 'drifted' }],
  [
    'a second undo',
    { verb: 'undo', status: 'released', history: [...byMaria, step('released', 'lee', 'mail')] },
    'late',
    /^Already undone by lee \(mail\)/,
    { verb: 'undo', status: 'failed' },
  ],
  ['an extension of a proposal', { verb: 'extend' }, 'refused', /proposed/, { ...contained, verb: 'extend' }],
  [
    'an extension after the end',
    {
      verb: 'extend',
      status: 'released',
      history: [...byMaria, step('released', 'clock', 'EventBridge Scheduler')],
    },
    'late',
    /^Already ended automatically on expiry/,
    { ...contained, verb: 'extend' },
  ],
  [
    'an extension that is too long',
    { ...contained, verb: 'extend', order: { for: '8d' } },
    'refused',
    /1m to 7d/,
    { ...contained, verb: 'extend', order: { for: '7d' } },
  ],
  [
    'an extension that is too short',
    { ...contained, verb: 'extend', order: { for: '59s' } },
    'refused',
    /1m to 7d/,
    { ...contained, verb: 'extend', order: { for: '1m' } },
  ],
  [
    'an extension without a duration',
    { ...contained, verb: 'extend', order: { for: undefined } },
    'refused',
    /duration is required/,
    { ...contained, verb: 'extend' },
  ],
  [
    'a retry of a containment',
    { ...contained, verb: 'retry' },
    'late',
    /^Already approved/,
    { verb: 'retry', status: 'failed' },
  ],
  ['a retry of a proposal', { verb: 'retry' }, 'refused', /proposed/, { verb: 'retry', status: 'failed' }],
]

describe.each(table)('%s', (_name, change, outcome, says, allowed) => {
  test('is refused with the reason', () => {
    expect(authorize(matter(change))).toMatchObject({ outcome, says: expect.stringMatching(says) })
  })
  test('is allowed in its nearest valid form', () => {
    expect(authorize(matter(allowed))).toBeUndefined()
  })
})
