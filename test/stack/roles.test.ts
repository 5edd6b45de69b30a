import { describe, expect, test } from 'vitest'
import { playbooks } from '../../playbooks/index.ts'
import { reviewed } from '../../stack/policies.ts'
import { memberRole } from '../../stack/role.ts'
import { allows, type Call, home, iam, near, now } from './iam.ts'

const policies = reviewed()
const elsewhere = '444455556666'
const journal = near('dynamodb', 'table/portcullis-dev-journal')
const clock = iam('role/portcullis-dev-clock')
const to = (service: string) => ({ 'iam:PassedToService': service })
const at = (account: string) => ({ 'aws:ResourceAccount': account })

test.each(Object.entries(policies))('%s is granted no action by a wildcard', (_, { Statement }) => {
  const granted = Statement.flatMap((one) => (one.Effect === 'Allow' && 'Action' in one ? one.Action : []))
  expect(granted.length).toBeGreaterThan(0)
  expect(granted.filter((action) => action.includes('*'))).toEqual([])
})

test.each(['announce', 'notify'])(
  '%s may tell people, even if somebody tags the stack as protected',
  (name) => {
    const policy = policies[`portcullis-dev-${name}`] ?? { Version: '2012-10-17', Statement: [] }
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

describe.each(playbooks.map(({ name }) => name))('%s', (name) => {
  const schedule = near('scheduler', 'schedule/portcullis-dev/c-0123456789abcdef')
  const log = near('logs', `log-group:/aws/lambda/portcullis-dev-${name}:log-stream:1`)
  const own: Call[] = [
    { action: 'dynamodb:GetItem', resource: journal },
    { action: 'dynamodb:PutItem', resource: journal },
    { action: 'dynamodb:UpdateItem', resource: journal },
    { action: 'scheduler:CreateSchedule', resource: schedule },
    { action: 'scheduler:DeleteSchedule', resource: schedule },
    { action: 'iam:PassRole', resource: clock, context: to('scheduler.amazonaws.com') },
    { action: 'sqs:SendMessage', resource: near('sqs', `portcullis-dev-${name}-dead-letters`) },
    { action: 'logs:CreateLogStream', resource: log },
    { action: 'logs:PutLogEvents', resource: log },
    { action: 'sts:AssumeRole', resource: iam(`role/${memberRole}`, elsewhere), context: at(elsewhere) },
  ]
  const others: Call[] = [
    { action: 'dynamodb:PutItem', resource: near('dynamodb', 'table/orders') },
    { action: 'dynamodb:Scan', resource: journal },
    { action: 'scheduler:CreateSchedule', resource: near('scheduler', 'schedule/default/x') },
    { action: 'scheduler:UpdateSchedule', resource: schedule },
    { action: 'iam:PassRole', resource: clock, context: to('ec2.amazonaws.com') },
    {
      action: 'iam:PassRole',
      resource: iam(`role/portcullis-dev-${name}`),
      context: to('ec2.amazonaws.com'),
    },
    { action: 'iam:PassRole', resource: iam('role/Admin'), context: to('scheduler.amazonaws.com') },
    { action: 'sqs:SendMessage', resource: near('sqs', 'orders') },
    { action: 'sts:AssumeRole', resource: iam(`role/${memberRole}`), context: at(home) },
    { action: 'sts:AssumeRole', resource: iam('role/Admin', elsewhere), context: at(elsewhere) },
    { action: 'lambda:InvokeFunction', resource: near('lambda', `function:portcullis-dev-${name}`) },
  ]
  const answer = ({ context, ...call }: Call, tags = {}) => {
    const policy = policies[`portcullis-dev-${name}`]
    return {
      ...call,
      allowed: policy && allows(policy, { ...call, context: { ...now, ...tags, ...context } }),
    }
  }

  test('may do its own work, even if somebody tags the stack as protected', () => {
    const allowed = own.map(({ context: _, ...call }) => ({ ...call, allowed: true }))
    expect(own.map((call) => answer(call))).toEqual(allowed)
    const tags = { 'aws:ResourceTag/portcullis:protected': 'true' }
    expect(own.map((call) => answer(call, tags))).toEqual(allowed)
  })

  test("may not do anybody else's", () => {
    expect(others.map((call) => answer(call))).toEqual(
      others.map(({ context: _, ...call }) => ({ ...call, allowed: false })),
    )
  })
})
