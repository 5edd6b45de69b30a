import { afterAll, beforeEach, expect, test } from 'vitest'
import { announce } from '../../../responders/channels/announce.ts'
import { readReviewLink } from '../../../responders/review-link.ts'
import { openPostOffice } from './delivery-environment.ts'
import { containmentOf, moved, newIncident } from './records.ts'

const office = await openPostOffice()
const { slack } = office
const oncall = slack.channels['sec-oncall']
const feed = slack.channels['sec-feed']
afterAll(() => office.stop())
beforeEach(async () => {
  slack.setMode('well')
  await office.install({})
})

const textsOn = async (incident: string) =>
  (await office.texts()).filter(({ text }) => text.includes(incident)).map(({ subject }) => subject)
const mailsOn = async (incident: string) =>
  (await office.mails()).filter(({ text }) => text.includes(incident))
const told = async (incident: string, channel = oncall) =>
  (await slack.messages(channel)).filter((message) => JSON.stringify(message).includes(incident)).length

test('while Slack is down mail and topic tell, the trouble is told once, and a later try catches up', async () => {
  slack.setMode('down')
  const asked = containmentOf('approval-needed', { severity: 'high' })
  expect(await office.announce(await office.write(asked))).toEqual([])
  const contained = moved(asked, 'contained')
  expect(await office.announce(await office.write(contained))).toEqual([])

  expect((await mailsOn(asked.incident)).map(({ to }) => to[0])).toEqual([
    'maria@example.com',
    'lee@example.com',
    'maria@example.com',
    'lee@example.com',
  ])
  expect(await textsOn(asked.incident)).toHaveLength(2)
  expect(await office.row(asked.incident, 'slack')).toMatchObject({
    state: 'failed',
    why: expect.any(String),
  })
  expect(await office.row(asked.incident, 'mail')).toMatchObject({ state: 'delivered' })

  const notices = await office.noticed()
  expect(notices).toHaveLength(1)
  await office.announce(...notices)
  await office.announce(...notices)
  const trouble = (await office.texts()).filter(({ subject }) => subject === 'Trouble: Slack')
  expect(trouble).toHaveLength(1)
  expect((await office.mails()).filter(({ subject }) => subject === 'Trouble: Slack')).toHaveLength(2)

  // One chain of tries for all changes, each later than the one before.
  expect(await office.retry()).toEqual([5])
  expect(await office.retry()).toEqual([10])
  slack.setMode('well')
  expect(await office.retry()).toEqual([20])
  expect(await told(asked.incident)).toBe(1)
  expect(await office.retry()).toEqual([])
  expect(await office.row(asked.incident, 'slack')).toMatchObject({ state: 'delivered' })
})

test('the topic is told of each state once, in order, however the changes come', async () => {
  const first = containmentOf('contained', { severity: 'low' })
  const second = moved(first, 'released')
  const [one, two] = [await office.write(first), await office.write(second)]
  await Promise.all([office.announce(two, one), office.announce(one)])
  await office.announce(one, two)
  expect(await textsOn(first.incident)).toEqual([
    expect.stringMatching(/^Approval needed/),
    expect.stringMatching(/^Contained:/),
    expect.stringMatching(/^Released:/),
  ])
})

test('each person gets a mail a state, with a link of their own that opens that incident', async () => {
  const asked = containmentOf('approval-needed', { severity: 'critical' })
  await office.announce(await office.write(asked))
  await office.announce(await office.write({ ...asked, due: new Date().toISOString() }))
  const mails = await mailsOn(asked.incident)
  expect(mails).toHaveLength(2)
  for (const { to, text, html } of mails) {
    const token = /\?t=([\w.-]+)/.exec(text)?.[1] ?? ''
    const person = to[0]?.split('@')[0]
    const key = process.env.PORTCULLIS_LINK_KEY ?? ''
    expect(await readReviewLink(token, key)).toEqual({ incident: asked.incident, person })
    expect(html).toContain(`/i/${asked.incident}?t=`)
  }
})

test('what needs nobody and is not grave waits for the digest, which is told once', async () => {
  const low = containmentOf('observed', { severity: 'medium' })
  const high = containmentOf('observed', { severity: 'high' })
  await office.announce(await office.write(low), await office.write(high))
  expect([await told(low.incident, feed), await told(high.incident)]).toEqual([0, 1])
  expect(await mailsOn(low.incident)).toEqual([])
  expect(await textsOn(low.incident)).toHaveLength(1)

  await Promise.all([office.digest(), office.digest()])
  await office.digest()
  expect(await told(low.incident, feed)).toBe(1)
  expect((await mailsOn(low.incident)).map(({ to }) => to[0]).sort()).toEqual([
    'lee@example.com',
    'maria@example.com',
  ])
  expect(await textsOn(low.incident)).toHaveLength(1)
})

test('whoever is on call hears of trouble and of pauses, and the feed of guards that held', async () => {
  const at = new Date().toISOString()
  const notice = (kind: string) => ({
    pk: `notice#${kind}`,
    sk: 'current',
    ...{ id: kind, kind, playbook: 'deny-inference', rule: 'api-flood', says: `about ${kind}`, at },
  })
  for (const kind of ['guarded', 'paused']) await office.write(notice(kind))
  await office.announce(...(await office.noticed()))
  expect([await told('about guarded', feed), await told('about guarded')]).toEqual([1, 0])
  expect([await told('about paused', feed), await told('about paused')]).toEqual([0, 1])
  expect((await office.texts()).filter(({ text }) => text.includes('about paused'))).toHaveLength(1)
})

test('a stage that cannot be read is told to the topic, with what happened', async () => {
  await office.install({ approvers: ['nobody'] })
  const contained = containmentOf('contained', { severity: 'high' })
  expect(await office.announce(await office.write(contained))).toEqual([])
  expect(await textsOn(contained.incident)).toContainEqual(expect.stringMatching(/^Contained:/))
  expect(await office.row(contained.incident, 'slack')).toMatchObject({
    state: 'failed',
    why: expect.stringContaining('"nobody" is no group'),
  })
  await office.install({})
  expect(await office.retry()).toHaveLength(2)
  expect(await told(contained.incident)).toBe(1)
})

test('a stage without Slack and mail tells the topic, and knows of no other message', async () => {
  await office.install({ slack: undefined, mail: undefined } as never)
  const contained = containmentOf('contained', { severity: 'high' })
  await office.announce(await office.write(contained))
  expect(await textsOn(contained.incident)).toContainEqual(expect.stringMatching(/^Contained:/))
  for (const channel of ['slack', 'mail'])
    expect(await office.row(contained.incident, channel)).toBeUndefined()
})

test('a journal that cannot be read fails the record, and only from there is the batch sent again', async () => {
  const incident = newIncident()
  const record = await office.write(containmentOf('contained', { severity: 'high', incident }))
  const table = process.env.PORTCULLIS_TABLE
  process.env.PORTCULLIS_TABLE = 'no-such-table'
  try {
    expect(await office.announce(record)).toEqual([record.dynamodb?.SequenceNumber])
  } finally {
    process.env.PORTCULLIS_TABLE = table
  }
  expect(await told(incident)).toBe(0)
  expect(await office.announce(record)).toEqual([])
  expect(await told(incident)).toBe(1)
})

test('what is neither a batch nor the hour of the digest is an error, and a strange message fails alone', async () => {
  await expect(announce({ hello: 1 })).rejects.toThrow('neither a batch nor')
  const strange = { messageId: 'm-1', body: '{"news":{"incident":"inc-1"},"channel":"fax","tries":0}' }
  expect(await announce({ Records: [strange] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] })
})
