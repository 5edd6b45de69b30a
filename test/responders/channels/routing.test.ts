import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mailPeople, mentionOf, slackRoute, snsTakes } from '../../../responders/channels/routes.ts'
import { mayDecide, personByArn, personByName, personBySlack } from '../../../responders/people.ts'
import { parseRouting } from '../../../responders/routing.ts'

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
    everybody: { members: ['maria', 'lee', 'sam'] },
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
      { to: ['everybody', 'sec-oncall'], from: 'critical' },
    ],
  },
  sns: { from: 'medium' },
})

test.each(readdirSync(folder))('stages/%s is as it must be', (name) => {
  expect(parseRouting(read(name)).sns).toEqual({ from: 'low' })
})

test('in Slack the route that takes least besides is taken, in mail all that fit, each person once', () => {
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

test('a person is found by name, Slack and session, and by no other role', () => {
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

test.each<[string, (routing: Draft) => void, RegExp]>([
  [
    'a member who is nobody',
    (it) => it.groups.everybody.members.push('bob'),
    /groups\.everybody\.members\.3: "bob" is nobody; add/,
  ],
  [
    'approvers that are no group',
    (it) => it.approvers.push('board'),
    /approvers\.1: "board" is no group; add/,
  ],
  [
    'a mail to no group',
    (it) => it.mail.routes[0]?.to.push('board'),
    /mail\.routes\.0\.to\.1: "board" is no group/,
  ],
  [
    'two people of one name',
    (it) => it.people.push({ name: 'sam' } as never),
    /people\.3: "sam" is somebody else's/,
  ],
  [
    'one Slack id for two',
    (it) => it.people.push({ name: 'tom', slack: 'U0LEE0001' } as never),
    /people\.3: "U0LEE0001" is/,
  ],
  [
    'a mention without an id',
    (it) => Object.assign(it.slack.routes[0] ?? {}, { mention: 'everybody' }),
    /routes\.0\.mention: "everybody" cannot be mentioned; give/,
  ],
  [
    'every role',
    (it) => it.people.push({ name: 'tom', iam: ['arn:aws:sts::123456789012:assumed-role/*/x'] } as never),
    /people\.3\.iam\.0: is no ARN/,
  ],
  ['everybody', (it) => it.people.push({ name: 'tom', iam: ['*'] } as never), /people\.3\.iam\.0: is no ARN/],
  [
    'a field that does not exist',
    (it) => Object.assign(it, { approver: [] }),
    /the file: Unrecognized key: "approver"/,
  ],
  ['no topic', (it) => Object.assign(it, { sns: undefined }), /sns: /],
  [
    'a name as a group of the language',
    (it) => it.approvers.push('constructor'),
    /approvers\.1: "constructor" is no group/,
  ],
])('%s is refused, with path, why and fix', (_, spoil, says) => {
  const routing = file() as Draft
  spoil(routing)
  expect(() => parseRouting(routing)).toThrow(says)
})
