import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { respond } from '../../engine/respond.ts'
import { notify } from '../../playbooks/notify.ts'
import { account, prefix, region, startCloud } from '../cloud.ts'
import { person, ruleOf } from '../laws/steps.ts'

const cloud = await startCloud()
const obey = respond(notify, [ruleOf(notify)])
const subject = 'root: UnauthorizedAccess:IAMUser/TorIPCaller'
afterAll(() => cloud.stop())

let inbox = ''
beforeEach(async () => {
  await cloud.reset()
  const { QueueUrl = '' } = await new SQSClient({}).send(new CreateQueueCommand({ QueueName: 'inbox' }))
  inbox = QueueUrl
  const Endpoint = `arn:aws:sqs:${region}:${account}:inbox`
  await new SNSClient({}).send(
    new SubscribeCommand({ TopicArn: process.env.PORTCULLIS_TOPIC, Protocol: 'sqs', Endpoint }),
  )
})

/** The messages to the responders since the last call. */
async function received(): Promise<{ Subject: string; Message: string }[]> {
  const sqs = new SQSClient({})
  const all: { Subject: string; Message: string }[] = []
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: inbox, MaxNumberOfMessages: 10 }),
    )
    if (Messages.length === 0) return all
    all.push(...Messages.map(({ Body }) => JSON.parse(Body ?? 'null')))
  }
}

const delivery = (id: string, target: Record<string, string> = { subject }) => ({
  rule: 'law',
  event: {
    id,
    source: 'aws.guardduty',
    'detail-type': 'GuardDuty Finding',
    account,
    region,
    time: '2026-11-21T06:00:00Z',
    resources: [],
    detail: { target },
  },
})

test('responders are notified about a subject once until the release', async () => {
  const [outcome] = await obey(delivery('event-1'))
  expect(outcome?.status, outcome?.why).toBe('contained')
  const [first, ...more] = await received()
  expect(more).toEqual([])
  expect(first?.Subject).toBe(`Portcullis: ${subject}`)
  for (const fact of [subject, account, region, outcome?.incident]) expect(first?.Message).toContain(fact)

  await obey(delivery('event-1'))
  await obey(delivery('event-2'))
  expect(await received()).toEqual([])

  const { target, containment } = outcome ?? {}
  await obey({ do: 'release', target, containment, by: person })
  expect(await received()).toEqual([])
  await obey(delivery('event-3'))
  expect(await received()).toHaveLength(1)
})

test('a subject in another account and Region is reported from the account of the stack', async () => {
  const { calls, result } = await cloud.tap.during(() =>
    obey(delivery('event-1', { subject, account: '111122223333', region: 'eu-west-1' })),
  )
  expect(result).toMatchObject({ status: 'fulfilled', value: [{ status: 'contained' }] })
  // Without a member role: the table and the topic are in the account and Region of the stack.
  expect(calls.map(({ action }) => action)).not.toContain('sts:AssumeRole')
  const [first] = await received()
  expect(first?.Message).toContain('111122223333')
  expect(first?.Message).toContain('eu-west-1')
})

test('the responders are notified once or twice if a function dies at any point', {
  timeout: 120_000,
}, async () => {
  const { calls } = await cloud.tap.during(() => obey(delivery('whole')))
  await received()
  const counts = new Set<number>()
  for (let after = 0; after < calls.length; after++) {
    const event = delivery(`dies-${after}`, { subject: `${subject} ${after}` })
    cloud.tap.cut(after, 'unheard')
    await cloud.tap.during(() => obey(event))
    await cloud.tap.mend()
    const [outcome] = await obey(event)
    expect(outcome?.status, `after ${after} calls: ${outcome?.why}`).toMatch(/contained|already/)
    counts.add((await received()).length)
  }
  expect([...counts].sort()).toEqual([1, 2])
})

test('an answer without a message id is a failure', async () => {
  cloud.tap.answer('sns:Publish', 'nothing')
  const [outcome] = await obey(delivery('event-1'))
  expect(outcome).toMatchObject({ status: 'failed', why: expect.stringContaining('without a message id') })
  await cloud.tap.mend()
  await obey(delivery('event-1'))
  expect(await received()).toHaveLength(1)
})

// The handler refuses such a subject already; the playbook does not rely on that.
test('hostile text is sent as plain text', async () => {
  const hostile = `user/eve\u202e\u0007\r\nSubject: all clear\u2028${'é'.repeat(200)}`
  const target = { account, region, subject: hostile }
  const clients = { dynamodb: new notify.clients.dynamodb(), sns: new notify.clients.sns() }
  const context = {
    containment: 'c-0000000000000000',
    incident: 'inc-00000000',
    at: '2026-11-21T06:00:00Z',
    prefix,
  }
  await notify.write(target, { told: true }, clients, context)
  const [said] = await received()
  expect(said?.Subject).toMatch(/^[\x20-\x7e]{1,99}$/)
  expect(said?.Message.split('\n')).toHaveLength(7)
  expect(said?.Message.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
})
