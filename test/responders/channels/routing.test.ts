import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  channelTakes,
  mailPeople,
  mentionOf,
  slackRoute,
  snsTakes,
} from '../../../responders/channels/routes.ts'
import { mayDecide, personByArn, personByName, personBySlack } from '../../../responders/people.ts'
import { bareRouting, parseRouting } from '../../../responders/routing.ts'

const folder = new URL('../../../infrastructure/stages/', import.meta.url)
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
const session = 'arn:aws:sts::123456789012:assumed-role/PlatformSec'

const file = () => ({
  people: [
    { name: 'maria', email: 'maria@example.com', slack: 'U0MARIA01', iam: [`${session}/*`] },
    { name: 'lee', slack: 'U0LEE0001' },
    { name: 'sam', email: 'sam@example.com' },
  ],
  groups: {
    'sec-oncall': { members: ['maria', 'lee'], slack: 'S0SECONCALL' },
    everyone: { members: ['maria', 'lee', 'sam'] },
  },
  approvers: ['sec-oncall'],
  slack: {
    routes: [
      { channel: 'C0FEED', from: 'low' },
      { channel: 'C0ONCALL', from: 'high', mention: 'sec-oncall' },
    ],
  },
  mail: {
    sender: 'portcullis@example.com',
    routes: [
      { to: ['sec-oncall'], from: 'high' },
      { to: ['everyone', 'sec-oncall'], from: 'critical' },
    ],
  },
  sns: { from: 'medium' },
})

test.each(readdirSync(folder))('stages/%s is valid', (name) => {
  expect(parseRouting(read(name)).sns).toEqual({ from: 'low' })
})

test('in Slack the most specific route is taken; in mail all matching routes, each person once', () => {
  const routing = parseRouting(file())
  const route = slackRoute(routing, 'critical')
  expect(route?.channel).toBe('C0ONCALL')
  expect(route && mentionOf(routing, route)).toBe('S0SECONCALL')
  expect(slackRoute(routing, 'medium')?.channel).toBe('C0FEED')
  const names = (severity: 'medium' | 'high' | 'critical') =>
    mailPeople(routing, severity).map(({ name }) => name)
  // Lee has no address.
  expect([names('medium'), names('high'), names('critical')]).toEqual([[], ['maria'], ['maria', 'sam']])
  expect([snsTakes(routing, 'low'), snsTakes(routing, 'medium')]).toEqual([false, true])
})

test('a person is found by name, Slack id and session, and by no other role', () => {
  const routing = parseRouting(file())
  const maria = personByName(routing, 'maria')
  expect(personBySlack(routing, 'U0MARIA01')).toBe(maria)
  expect(personByArn(routing, `${session}/anything`)).toBe(maria)
  for (const other of [`${session}`, `${session}/a/b`, `${session}/`, `${session}s/maria`])
    expect(personByArn(routing, other)).toBeUndefined()
  const [lee, sam] = [personByName(routing, 'lee'), personByName(routing, 'sam')]
  expect([lee && mayDecide(routing, lee), sam && mayDecide(routing, sam)]).toEqual([true, false])
})

type Draft = Record<string, unknown> & ReturnType<typeof file>

test.each<[string, (file: Draft) => void, RegExp]>([
  [
    'a member who is not in people',
    (it) => it.groups.everyone.members.push('bob'),
    /groups\.everyone\.members\.3: "bob" is not in people; add/,
  ],
  [
    'approvers that are not a group',
    (it) => it.approvers.push('board'),
    /approvers\.1: "board" is not a group; add/,
  ],
  [
    'a mail route to an unknown group',
    (it) => it.mail.routes[0]?.to.push('board'),
    /mail\.routes\.0\.to\.1: "board" is not a group/,
  ],
  [
    'two people with one name',
    (it) => it.people.push({ name: 'sam' } as never),
    /people\.3: "sam" already belongs to another person/,
  ],
  [
    'one Slack id for two people',
    (it) => it.people.push({ name: 'tom', slack: 'U0LEE0001' } as never),
    /people\.3: "U0LEE0001" already belongs/,
  ],
  [
    'a mention of a group without a Slack id',
    (it) => Object.assign(it.slack.routes[0] ?? {}, { mention: 'everyone' }),
    /routes\.0\.mention: "everyone" cannot be mentioned without a Slack id/,
  ],
  [
    'a wildcard for every role',
    (it) => it.people.push({ name: 'tom', iam: ['arn:aws:sts::123456789012:assumed-role/*/x'] } as never),
    /people\.3\.iam\.0: is not the ARN/,
  ],
  [
    'a wildcard for every principal',
    (it) => it.people.push({ name: 'tom', iam: ['*'] } as never),
    /people\.3\.iam\.0: is not the ARN/,
  ],
  ['an unknown field', (it) => Object.assign(it, { approver: [] }), /the file: Unrecognized key: "approver"/],
  ['a missing SNS section', (it) => Object.assign(it, { sns: undefined }), /sns: /],
  [
    'a group named like a property of every object',
    (it) => it.approvers.push('constructor'),
    /approvers\.1: "constructor" is not a group/,
  ],
])('%s is refused with path, reason and fix', (_, change, says) => {
  const changed = file() as Draft
  change(changed)
  expect(() => parseRouting(changed)).toThrow(says)
})

test('a further channel gets what its severity takes, and nothing when the file does not have it', () => {
  const routing = { ...bareRouting, channels: { teams: { from: 'high' as const } } }
  expect(channelTakes(routing, 'teams', 'critical')).toBe(true)
  expect(channelTakes(routing, 'teams', 'medium')).toBe(false)
  expect(channelTakes(routing, 'pager', 'critical')).toBe(false)
  expect(channelTakes(bareRouting, 'teams', 'critical')).toBe(false)
})
