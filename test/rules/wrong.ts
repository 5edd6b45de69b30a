import { sessionOf } from '../../rules/find/principal.ts'
import { rule } from '../../rules/rule.ts'
import { threshold } from '../../rules/threshold.ts'
import { alarmState, call, finding } from '../../rules/when.ts'

/*
 * Mistakes that an author may make. None compiles: `tsc` fails on this file if one does, and types.test.ts checks
 * the message, since an error about something else would prove nothing.
 */

const facts = {
  name: 'x',
  threats: ['THREAT-50'],
  because: 'x.',
  severity: 'low',
  attack: [],
  mode: 'observe',
  release: '1h',
} as const
const said = { ...facts, subject: () => 'x' } as const
const when = finding({ type: ['Backdoor:EC2/C&CActivity.B!DNS'] })
const { source, 'detail-type': type, detail } = when

// @ts-expect-error: Type '{ instance: string; }' is not assignable to type 'AimOf<"quarantine-instance">
rule({ ...said, when, then: { 'quarantine-instance': () => ({ instance: 'i-0a1b2c3d4e5f60718' }) } })
// @ts-expect-error: Property 'principalId' is missing
rule({ ...said, when, then: { 'deny-session': () => ({ roleName: 'app' }) } })
// @ts-expect-error: not assignable to type 'AimOf<"revoke-sessions">
rule({ ...said, when, then: { 'revoke-sessions': (it) => sessionOf(it.detail.resource.accessKeyDetails) } })
// @ts-expect-error: 'isolate-instance'' does not exist in type
rule({ ...said, when, then: { 'isolate-instance': () => ({ instanceId: 'i-0a1b2c3d4e5f60718' }) } })
// @ts-expect-error: Property 'resourceTyp' does not exist
rule({ ...said, when, then: { notify: (it) => ({ subject: it.detail.resource.resourceTyp }) } })
// @ts-expect-error: Property 'userIdentity' does not exist
rule({ ...facts, when, then: {}, subject: (it) => it.detail.userIdentity.userName })
// @ts-expect-error: Type 'number' is not assignable to type 'string'
rule({ ...said, when, then: { notify: (it) => ({ subject: it.detail.severity }) } })

// @ts-expect-error: Type '"GuardDuty Findings"' is not assignable
rule({ ...said, then: {}, when: { source, detail, 'detail-type': ['GuardDuty Findings'] } })
// @ts-expect-error: Type '"aws.guarduty"' is not assignable
rule({ ...said, then: {}, when: { 'detail-type': type, detail, source: ['aws.guarduty'] } })
// @ts-expect-error: Type '"bedrock.amazonaws.com"' is not assignable
rule({ ...said, then: {}, when: { ...call('bedrock', []), source: ['bedrock.amazonaws.com'] } })
// @ts-expect-error: 'instanceDetail' does not exist in type
rule({ ...said, then: {}, when: { ...when, detail: { resource: { instanceDetail: {} } } } })
// @ts-expect-error: 'resources' does not exist in type
finding({ resources: { resourceType: ['Instance'] } })
// @ts-expect-error: 'userId' does not exist in type
call('iam', ['AttachUserPolicy'], { requestParameters: { userId: ['alice'] } })

// @ts-expect-error: Type '"IamUser"' is not assignable
finding({ resource: { accessKeyDetails: { userType: ['IamUser'] } } })
// @ts-expect-error: Type '"Owner"' is not assignable
finding({ service: { resourceRole: [{ 'anything-but': ['Owner'] }] } })
// @ts-expect-error: Type '"Backdoor"' is not assignable
finding({ type: ['Backdoor'] })
// @ts-expect-error: Type 'string' is not assignable
finding({ type: 'Backdoor:EC2/Spambot' })
// @ts-expect-error: Type 'string' is not assignable to type 'number
finding({ severity: ['4'] })
// @ts-expect-error: Type '"=>"' is not assignable
finding({ severity: [{ numeric: ['=>', 4] }] })
// @ts-expect-error: 'starts' does not exist in type
finding({ type: [{ starts: 'Backdoor:' }] })
// @ts-expect-error: 'numeric' does not exist in type
finding({ type: [{ numeric: ['>', 4] }] })
// @ts-expect-error: target requires 2
finding({ $or: [{ severity: [8] }] })
// @ts-expect-error: Type '"bedrock"' is not assignable
rule({ ...said, then: {}, when: { ...call('bedrock', []), detail: { eventSource: ['bedrock'] } } })
// @ts-expect-error: Type 'number' is not assignable
alarmState({ dimensions: { Stage: [1] } })

// @ts-expect-error: Type '"urgent"' is not assignable
rule({ ...said, when, then: {}, severity: 'urgent' })
// @ts-expect-error: Type '"quarantine"' is not assignable
rule({ ...said, when, then: {}, mode: 'quarantine' })
// @ts-expect-error: Type '"24 hours"' is not assignable
rule({ ...said, when, then: {}, release: '24 hours' })
// @ts-expect-error: Property 'then' is missing
rule({ ...said, when })

const per = { by: () => 'one', within: '10m', limits: [3] } as const
// @ts-expect-error: Type '"THREAT-7"' is not assignable
rule({ ...said, when, then: {}, threats: ['THREAT-7'] })
// @ts-expect-error: Source has 0 element(s) but target requires 1
rule({ ...said, when, then: {}, threats: [] })
// @ts-expect-error: implicitly has an 'any' type
rule({ ...said, when, then: {}, because: ({ limit }) => `${limit}.` })
// @ts-expect-error: Type '"Calls"' is not assignable
threshold({ ...per, facts: ['Calls'], measure: { count: () => 1 } })
// @ts-expect-error: Property 'bytesOut' does not exist
threshold({ ...per, facts: ['ModelInvocationObserved'], measure: { sum: (it) => it.bytesOut } })
// @ts-expect-error: Property 'service' does not exist
threshold({ ...per, facts: ['Call', 'GuardrailDetected'], measure: { distinct: (it) => it.service } })
// @ts-expect-error: Type 'string' is not assignable to type 'number'
threshold({ ...per, facts: ['Call'], measure: { count: (it) => it.name } })
// @ts-expect-error: Type '"ten minutes"' is not assignable
threshold({ ...per, facts: ['Call'], measure: { count: () => 1 }, within: 'ten minutes' })

// And this does: conditions on optional fields, at any depth, and sentences made from a limit.
call('s3', [{ prefix: 'Put' }], {
  userIdentity: { sessionContext: { sessionIssuer: { userName: [{ exists: true }] } } },
  sourceIPAddress: [{ cidr: '198.51.100.0/24' }, { 'anything-but': { suffix: '.amazonaws.com' } }],
  errorCode: ['AccessDenied', null],
  $or: [{ awsRegion: ['eu-west-1'] }, { userIdentity: { invokedBy: [{ exists: false }] } }],
})
finding({ service: { detection: { sequence: { resources: { resourceType: ['S3_BUCKET'] } } } } })
alarmState({ dimensions: { ApiName: [{ wildcard: 'shop-*' }] } })
rule({
  ...said,
  because: ({ limit, within }) => `${limit.toFixed()} in ${within.trim()}.`,
  when: threshold({ ...per, facts: ['Call'], measure: { count: ({ name }) => name.length } }),
  then: { notify: ({ detail }) => ({ subject: detail.threshold }) },
})
