import { describe, expect, test } from 'vitest'
import { serviceNames } from '../../engine/role-names.ts'
import { layerOf } from '../../infrastructure/stack/layers.ts'
import { memberRole } from '../../infrastructure/stack/permissions/role.ts'
import { reviewed } from '../../infrastructure/stack/policies.ts'
import { playbooks } from '../../playbooks/index.ts'
import { allows, type Call, home, iam, near, now, policyOfFunction } from './iam.ts'

const policies = reviewed()
const elsewhere = '444455556666'
const journal = near('dynamodb', 'table/portcullis-dev-journal')
const to = (service: string) => ({ 'iam:PassedToService': service })
const at = (account: string) => ({ 'aws:ResourceAccount': account })

test.each(Object.entries(policies))('%s grants no action by a wildcard', (_, { Statement }) => {
  const granted = Statement.flatMap((one) => (one.Effect === 'Allow' && 'Action' in one ? one.Action : []))
  expect(Statement.length).toBeGreaterThan(0)
  expect(granted.filter((action) => action.includes('*'))).toEqual([])
})

test.each(['announce', 'notify'])(
  '%s may notify people, even if the stack is tagged as protected',
  (name) => {
    const policy = policyOfFunction(name)
    const tags = { 'aws:ResourceTag/portcullis:protected': 'true' }
    const through = (service: string) => ({
      ...tags,
      'kms:ViaService': `${service}.eu-central-1.amazonaws.com`,
    })
    const key = near('kms', 'key/alerts')
    const may = (action: string, resource: string, context: Record<string, string>) =>
      allows(policy, { action, resource, context: { ...now, ...context } })
    expect(may('sns:Publish', near('sns', 'portcullis-dev-alerts'), tags)).toBe(true)
    expect(may('kms:GenerateDataKey', key, through('sns'))).toBe(true)
    expect(may('kms:GenerateDataKey', key, through('s3'))).toBe(false)
    expect(may('kms:ScheduleKeyDeletion', key, through('sns'))).toBe(false)
  },
)

/** What the engine does to the journal, and with which of its items. */
const journalled = ['ConditionCheckItem', 'GetItem', 'PutItem', 'UpdateItem'].map((one) => `dynamodb:${one}`)
const keysOf = (name: string) => [
  `containment#${name}#account=${home}|region=us-east-1|roleName=x`,
  `budget#${name}#${home}`,
]
const shared = ['notice#event-1#trouble', `subject#${home}#role/x`]
const told = `told#${home}#root: x`
const withKeys = (...keys: string[]) => ({ 'dynamodb:LeadingKeys': keys })
const booked = ['CreateSchedule', 'DeleteSchedule', 'UpdateSchedule'].map((one) => `scheduler:${one}`)

describe.each(playbooks.map(({ name }) => name))('%s', (name) => {
  const other = playbooks.find((one) => one.name !== name)?.name ?? ''
  const scheduleOf = (group: string) => near('scheduler', `schedule/${group}/c-0123456789abcdef`)
  const schedulerOf = (playbook: string) => iam(`role/portcullis-dev-${playbook}-scheduler`)
  const log = near('logs', `log-group:/aws/lambda/portcullis-dev-${name}:log-stream:1`)
  const inJournal = (action: string, ...keys: string[]): Call => ({
    action,
    resource: journal,
    context: withKeys(...keys),
  })
  const own: Call[] = [
    ...journalled.flatMap((action) => [...keysOf(name), ...shared].map((key) => inJournal(action, key))),
    ...journalled.map((action) => inJournal(action, ...keysOf(name))),
    ...booked.map((action) => ({ action, resource: scheduleOf(`portcullis-dev-${name}`) })),
    { action: 'iam:PassRole', resource: schedulerOf(name), context: to('scheduler.amazonaws.com') },
    { action: 'sqs:SendMessage', resource: near('sqs', `portcullis-dev-${layerOf(name)}-dead-letters`) },
    { action: 'logs:CreateLogStream', resource: log },
    { action: 'logs:PutLogEvents', resource: log },
    { action: 'sts:AssumeRole', resource: iam(`role/${memberRole}`, elsewhere), context: at(elsewhere) },
  ]
  const others: Call[] = [
    ...journalled.flatMap((action) => [
      ...keysOf(other).map((key) => inJournal(action, key)),
      ...keysOf(`${name}-2`).map((key) => inJournal(action, key)),
      // One of each: a transaction does not bypass the condition.
      inJournal(action, ...keysOf(name), ...keysOf(other)),
      inJournal(action, 'anything'),
      // No key at all: that is what a condition on all of none would let through.
      inJournal(action),
      { action, resource: journal },
    ]),
    ...(name === 'notify' ? [] : journalled.map((action) => inJournal(action, told))),
    ...keysOf(name).map((key) => inJournal('dynamodb:DeleteItem', key)),
    { action: 'dynamodb:PutItem', resource: near('dynamodb', 'table/orders'), context: withKeys('notice#x') },
    { action: 'dynamodb:Scan', resource: journal },
    ...booked.flatMap((action) =>
      ['default', 'portcullis-dev', `portcullis-dev-${other}`].map((group) => ({
        action,
        resource: scheduleOf(group),
      })),
    ),
    { action: 'iam:PassRole', resource: schedulerOf(name), context: to('ec2.amazonaws.com') },
    { action: 'iam:PassRole', resource: schedulerOf(other), context: to('scheduler.amazonaws.com') },
    {
      action: 'iam:PassRole',
      resource: iam(`role/portcullis-dev-${name}-function`),
      context: to('ec2.amazonaws.com'),
    },
    { action: 'iam:PassRole', resource: iam('role/Admin'), context: to('scheduler.amazonaws.com') },
    { action: 'sqs:SendMessage', resource: near('sqs', 'orders') },
    { action: 'sts:AssumeRole', resource: iam(`role/${memberRole}`), context: at(home) },
    { action: 'sts:AssumeRole', resource: iam('role/Admin', elsewhere), context: at(elsewhere) },
    { action: 'lambda:InvokeFunction', resource: near('lambda', `function:portcullis-dev-${name}`) },
  ]
  const answer = (call: Call, tags = {}) => {
    const context = { ...now, ...tags, ...call.context }
    return { ...call, allowed: allows(policyOfFunction(name), { ...call, context }) }
  }

  test('may do its own work, even if the stack is tagged as protected', () => {
    const allowed = own.map((call) => ({ ...call, allowed: true }))
    expect(own.map((call) => answer(call))).toEqual(allowed)
    const tags = { 'aws:ResourceTag/portcullis:protected': 'true' }
    expect(own.map((call) => answer(call, tags))).toEqual(allowed)
  })

  test('may not do the work of others', () => {
    expect(others.map((call) => answer(call))).toEqual(others.map((call) => ({ ...call, allowed: false })))
  })

  test('has a scheduler role that may invoke this function and no other', () => {
    const scheduler = policies[`portcullis-dev-${name}-scheduler`]
    const mayInvoke = (playbook: string) =>
      scheduler &&
      allows(scheduler, {
        action: 'lambda:InvokeFunction',
        resource: near('lambda', `function:portcullis-dev-${playbook}`),
      })
    expect([name, other, `${name}-2`, 'announce'].map(mayInvoke)).toEqual([true, false, false, false])
  })
})

test('decision-worker may invoke the functions of playbooks, and no other', () => {
  const may = (name: string) =>
    allows(policyOfFunction('decision-worker'), {
      action: 'lambda:InvokeFunction',
      resource: near('lambda', `function:portcullis-dev-${name}`),
      context: now,
    })
  expect(playbooks.map(({ name }) => name).filter((name) => !may(name))).toEqual([])
  expect(serviceNames.filter(may)).toEqual([])
})

test('notify stores the subjects of its notices, and nothing else, in items of its own', () => {
  const policy = policyOfFunction('notify')
  const may = (action: string, ...keys: string[]) =>
    allows(policy, { action, resource: journal, context: { ...now, ...withKeys(...keys) } })
  for (const action of ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem']) {
    expect(may(action, told), action).toBe(true)
    expect(may(action, told, 'containment#deny-inference#x'), action).toBe(false)
    expect(may(action), action).toBe(false)
  }
})
