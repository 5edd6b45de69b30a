import { describe, expect, test } from 'vitest'
import { principalDenials, readPatterns } from '../../infrastructure/stack/permissions/denials.ts'
import { memberRole } from '../../infrastructure/stack/permissions/role.ts'
import { reviewed } from '../../infrastructure/stack/policies.ts'
import { type PolicyDocument, policyDocument } from '../../infrastructure/stack/template/template.ts'
import { playbooks } from '../../playbooks/index.ts'
import { about, allows, type Call, deployed, functionNames, iam, near, now, policyOfFunction } from './iam.ts'

const policyOf = (name: string): PolicyDocument =>
  name === memberRole ? (reviewed()[memberRole] ?? policyDocument()) : policyOfFunction(name)

/** The denials that apply to a call, by their names. */
const met = (name: string, call: Call) =>
  about(policyOf(name), 'Deny', { ...call, context: { ...now, ...call.context } }).map(({ Sid }) => Sid)

/** One call that would harm each part of the stack. */
const harm: Record<string, string> = {
  [iam('role/portcullis-dev-notify-scheduler')]: 'iam:PutRolePolicy',
  [iam('policy/portcullis-dev-deny-inference')]: 'iam:CreatePolicyVersion',
  [near('lambda', 'function:portcullis-dev-announce')]: 'lambda:PutFunctionConcurrency',
  [near('events', 'rule/portcullis-dev-digest')]: 'events:DisableRule',
  [near('events', 'rule/portcullis-dev.bedrock-model-access-enabled')]: 'events:DisableRule',
  [near('events', 'rule/portcullis-dev/portcullis-dev.tokens-spent')]: 'events:DisableRule',
  [near('dynamodb', 'table/portcullis-dev-journal')]: 'dynamodb:DeleteTable',
  [near('scheduler', 'schedule-group/portcullis-dev-notify')]: 'scheduler:DeleteScheduleGroup',
  [near('sns', 'portcullis-dev-alerts')]: 'sns:DeleteTopic',
  [near('sqs', 'portcullis-dev-announce-dead-letters')]: 'sqs:PurgeQueue',
  [near('logs', 'log-group:/aws/lambda/portcullis-dev-announce')]: 'logs:DeleteLogGroup',
  [near('cloudwatch', 'alarm:portcullis-dev-announce-late')]: 'cloudwatch:DisableAlarmActions',
  [near('cloudformation', 'stack/portcullis-dev/0')]: 'cloudformation:DeleteStack',
  [near('cloudformation', 'stack/portcullis-dev-IdentityStack-1ABC/0')]: 'cloudformation:DeleteStack',
  'arn:aws:s3:::portcullis-dev-serverlessdeploymentbucket-0': 's3:DeleteBucketPolicy',
}

describe.each(functionNames)('whatever %s is granted', (name) => {
  test.each(Object.entries(harm))('it is denied what harms %s: %s', (resource, action) => {
    expect(met(name, { action, resource })).toContain('DenyStackResources')
  })

  const [instance, action] = [near('ec2', 'instance/i-1'), 'ec2:ModifyInstanceAttribute']
  test.each(['true', 'TRUE', 'yes', ''])('it is denied what is tagged portcullis:protected=%s', (value) => {
    const context = { 'aws:ResourceTag/portcullis:protected': value }
    expect(met(name, { action, resource: instance, context })).toEqual(['DenyProtectedResources'])
  })

  test.each([{}, { 'aws:ResourceTag/portcullis:protected': 'False' }, { 'aws:ResourceTag/team': 'ai' }])(
    'it is not denied what is tagged otherwise: %o',
    (context) => expect(met(name, { action, resource: instance, context })).toEqual([]),
  )

  test.each(['break-glass', 'ops/break-glass', 'OrganizationAccountAccessRole'])(
    'it is denied the way back in through %s, but for a look at it',
    (role) => {
      const resource = iam(`role/${role}`)
      expect(met(name, { action: 'iam:PutRolePolicy', resource })).toEqual([
        expect.stringMatching(/^DenyExceptionsBefore\d{8}$/),
      ])
      expect(met(name, { action: 'iam:GetRole', resource })).toEqual([])
    },
  )

  test.each(['break-glass-1', 'break-glass/mallory', 'x-break-glass'])(
    'it is not denied what is called a little like one: %s',
    (role) => expect(met(name, { action: 'iam:PutRolePolicy', resource: iam(`role/${role}`) })).toEqual([]),
  )

  test.each(['aws-service-role/guardduty.amazonaws.com/x', 'aws-reserved/sso.amazonaws.com/x'])(
    'it is denied the role of a service: %s',
    (role) => {
      const call = { action: 'iam:AttachRolePolicy', resource: iam(`role/${role}`) }
      expect(met(name, call)).toEqual(['DenyServiceRoles'])
    },
  )
})

test('an exception is denied in its own account, for the days that it holds, and by the name that it has', () => {
  const why = { owner: 'x', reason: 'x', expires: '2026-12-31' }
  const list = [
    { match: 'role/a', account: '444455556666', ...why },
    { match: 'user/b-*', ...why },
    { match: 'role/ops/c', ...why },
    // Not names in IAM: only the engine's guard knows them.
    { match: 'i-0123456789abcdef0', ...why },
    { match: 'end-user', ...why },
  ]
  const [, ...all] = principalDenials(list)
  const denied = (resource: string, day: string) =>
    about(policyDocument(...all), 'Deny', {
      action: 'iam:DeleteRole',
      resource,
      context: { 'aws:CurrentTime': day },
    }).length
  expect(all).toHaveLength(1)
  expect(denied(iam('role/a', '444455556666'), '2026-12-31T23:59:59Z')).toBe(1)
  expect(denied(iam('role/a', '444455556666'), '2027-01-01T00:00:00Z')).toBe(0)
  expect(denied(iam('role/a'), '2026-12-31T23:59:59Z')).toBe(0)
  expect(denied(iam('role/ab', '444455556666'), '2026-12-31T23:59:59Z')).toBe(0)
  expect(denied(iam('user/team/b-1'), '2026-12-31T23:59:59Z')).toBe(1)
  expect(denied(iam('role/ops/c'), '2026-12-31T23:59:59Z')).toBe(1)
  expect(denied(iam('role/ops'), '2026-12-31T23:59:59Z')).toBe(0)
  expect(denied(iam('role/team/ops/c'), '2026-12-31T23:59:59Z')).toBe(0)
  expect(denied(iam('role/c'), '2026-12-31T23:59:59Z')).toBe(0)
})

test('reads are excepted by their verbs, everything else by its name', () => {
  expect(
    readPatterns([
      'ec2:DescribeInstances',
      'ec2:DescribeVolumes',
      'iam:GetRole',
      'kms:VerifyMac',
      'sns:Publish',
    ]),
  ).toEqual(['ec2:Describe*', 'iam:Get*', 'kms:VerifyMac', 'sns:Publish'])
})

describe('what was contained before it was excepted or protected', () => {
  const ours = { 'iam:PolicyARN': iam('policy/portcullis-dev-deny-inference') }
  const tag = { 'aws:ResourceTag/portcullis:protected': 'true' }
  const [role, user] = [iam('role/break-glass'), iam('user/break-glass')]
  const freed = [
    { action: 'iam:DetachRolePolicy', resource: role },
    { action: 'iam:DetachUserPolicy', resource: user },
    { action: 'iam:DetachRolePolicy', resource: iam('role/app'), context: tag },
    { action: 'iam:DetachUserPolicy', resource: iam('user/maria'), context: tag },
  ]
  const may = (name: string, call: Call, PolicyArn: object) => {
    const context = { ...now, ...call.context, ...PolicyArn }
    return allows(policyOf(name), { ...call, context })
  }

  test.each(['deny-inference', memberRole])('can be freed of our policy by %s', (name) => {
    for (const call of freed) expect(may(name, call, ours), call.action).toBe(true)
  })

  test.each([...functionNames, memberRole])(
    'is neither contained nor freed of anything else by %s',
    (name) => {
      const theirs = { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/PowerUserAccess' }
      for (const call of freed) {
        expect(may(name, call, theirs), call.action).toBe(false)
        expect(may(name, { ...call, action: call.action.replace('Detach', 'Attach') }, ours)).toBe(false)
        for (const change of ['iam:PutRolePolicy', 'iam:DeleteRolePolicy', 'iam:UpdateAccessKey'])
          expect(may(name, { ...call, action: change }, ours), change).toBe(false)
      }
    },
  )

  test('our own roles and those of services are not touched even so', () => {
    const call = { action: 'iam:DetachRolePolicy', resource: iam('role/portcullis-dev-announce-function') }
    expect(may('deny-inference', call, ours)).toBe(false)
    const service = { ...call, resource: iam('role/aws-service-role/guardduty.amazonaws.com/x') }
    expect(may('deny-inference', service, ours)).toBe(false)
  })
})

describe.each(playbooks.map((one) => [one.name, one] as const))('%s', (name, { reads, writes }) => {
  const calls = Object.entries({ ...reads, ...writes }).flatMap(([action, grant]) => {
    const places = typeof grant === 'object' && !Array.isArray(grant) ? grant.on : grant
    return [places].flat().map((place) => ({ action, resource: deployed(place).replaceAll('*', 'ordinary') }))
  })
  test.each(calls)('no denial meets $action on an ordinary target', (call) => {
    expect(met(name, call)).toEqual([])
  })
})
