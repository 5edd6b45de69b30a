import { afterAll, beforeEach, expect, test } from 'vitest'
import { announce } from '../../../responders/channels/announce.ts'
import { readReviewLink } from '../../../responders/review-link.ts'
import { startDelivery } from './delivery-environment.ts'
import { containmentOf, moved, newIncident } from './records.ts'

const delivery = await startDelivery()
const { slack } = delivery
const oncall = slack.channels['sec-oncall']
const feed = slack.channels['sec-feed']
afterAll(() => delivery.stop())
beforeEach(async () => {
  slack.setMode('well')
  await delivery.install({})
})

const textsOn = async (incident: string) =>
  (await delivery.texts()).filter(({ text }) => text.includes(incident)).map(({ subject }) => subject)
const mailsOn = async (incident: string) =>
  (await delivery.mails()).filter(({ text }) => text.includes(incident))
const postsOn = async (incident: string, channel = oncall) =>
  (await slack.messages(channel)).filter((message) => JSON.stringify(message).includes(incident)).length

test('while Slack is down, mail and SNS deliver, one notice reports it, and a retry catches up', async () => {
  slack.setMode('down')
  const asked = containmentOf('approval-needed', { severity: 'high' })
  expect(await delivery.announce(await delivery.write(asked))).toEqual([])
  const contained = moved(asked, 'contained')
  expect(await delivery.announce(await delivery.write(contained))).toEqual([])

  expect((await mailsOn(asked.incident)).map(({ to }) => to[0])).toEqual([
    'maria@example.com',
    'lee@example.com',
    'maria@example.com',
    'lee@example.com',
  ])
  expect(await textsOn(asked.incident)).toHaveLength(2)
  expect(await delivery.row(asked.incident, 'slack')).toMatchObject({
    state: 'failed',
    why: expect.any(String),
  })
  expect(await delivery.row(asked.incident, 'mail')).toMatchObject({ state: 'delivered' })

  const notices = await delivery.noticed()
  expect(notices).toHaveLength(1)
  await delivery.announce(...notices)
  await delivery.announce(...notices)
  const failures = (await delivery.texts()).filter(({ subject }) => subject === 'Processing error: Slack')
  expect(failures).toHaveLength(1)
  expect(
    (await delivery.mails()).filter(({ subject }) => subject === 'Processing error: Slack'),
  ).toHaveLength(2)

  // One chain of retries for all changes, with growing delays.
  expect(await delivery.retry()).toEqual([5])
  expect(await delivery.retry()).toEqual([10])
  slack.setMode('well')
  expect(await delivery.retry()).toEqual([20])
  expect(await postsOn(asked.incident)).toBe(1)
  expect(await delivery.retry()).toEqual([])
  expect(await delivery.row(asked.incident, 'slack')).toMatchObject({ state: 'delivered' })
})

test('SNS gets each state once, in order, whatever the order of the changes', async () => {
  const first = containmentOf('contained', { severity: 'low' })
  const second = moved(first, 'released')
  const [one, two] = [await delivery.write(first), await delivery.write(second)]
  await Promise.all([delivery.announce(two, one), delivery.announce(one)])
  await delivery.announce(one, two)
  expect(await textsOn(first.incident)).toEqual([
    expect.stringMatching(/^Approval needed/),
    expect.stringMatching(/^Contained:/),
    expect.stringMatching(/^Released:/),
  ])
})

test('each person gets one mail for each state, with a personal link to that incident', async () => {
  const asked = containmentOf('approval-needed', { severity: 'critical' })
  await delivery.announce(await delivery.write(asked))
  await delivery.announce(await delivery.write({ ...asked, due: new Date().toISOString() }))
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

test('an observed incident below high severity waits for the digest, which is sent once', async () => {
  const low = containmentOf('observed', { severity: 'medium' })
  const high = containmentOf('observed', { severity: 'high' })
  await delivery.announce(await delivery.write(low), await delivery.write(high))
  expect([await postsOn(low.incident, feed), await postsOn(high.incident)]).toEqual([0, 1])
  expect(await mailsOn(low.incident)).toEqual([])
  expect(await textsOn(low.incident)).toHaveLength(1)

  await Promise.all([delivery.digest(), delivery.digest()])
  await delivery.digest()
  expect(await postsOn(low.incident, feed)).toBe(1)
  expect((await mailsOn(low.incident)).map(({ to }) => to[0]).sort()).toEqual([
    'lee@example.com',
    'maria@example.com',
  ])
  expect(await textsOn(low.incident)).toHaveLength(1)
})

test('the on-call channel gets errors and pauses, the feed gets skipped events', async () => {
  const at = new Date().toISOString()
  const notice = (kind: string) => ({
    pk: `notice#${kind}`,
    sk: 'current',
    ...{ id: kind, kind, playbook: 'deny-inference', rule: 'api-flood', says: `about ${kind}`, at },
  })
  for (const kind of ['guarded', 'paused']) await delivery.write(notice(kind))
  await delivery.announce(...(await delivery.noticed()))
  expect([await postsOn('about guarded', feed), await postsOn('about guarded')]).toEqual([1, 0])
  expect([await postsOn('about paused', feed), await postsOn('about paused')]).toEqual([0, 1])
  expect((await delivery.texts()).filter(({ text }) => text.includes('about paused'))).toHaveLength(1)
})

test('when the routing cannot be read, SNS still delivers', async () => {
  await delivery.install({ approvers: ['unknown-team'] })
  const contained = containmentOf('contained', { severity: 'high' })
  expect(await delivery.announce(await delivery.write(contained))).toEqual([])
  expect(await textsOn(contained.incident)).toContainEqual(expect.stringMatching(/^Contained:/))
  expect(await delivery.row(contained.incident, 'slack')).toMatchObject({
    state: 'failed',
    why: expect.stringContaining('"unknown-team" is not a group'),
  })
  await delivery.install({})
  expect(await delivery.retry()).toHaveLength(2)
  expect(await postsOn(contained.incident)).toBe(1)
})

test('without Slack and mail in the routing, only SNS delivers', async () => {
  await delivery.install({ slack: undefined, mail: undefined } as never)
  const contained = containmentOf('contained', { severity: 'high' })
  await delivery.announce(await delivery.write(contained))
  expect(await textsOn(contained.incident)).toContainEqual(expect.stringMatching(/^Contained:/))
  for (const channel of ['slack', 'mail'])
    expect(await delivery.row(contained.incident, channel)).toBeUndefined()
})

test('a journal that cannot be read fails the record, and the batch is sent again from there', async () => {
  const incident = newIncident()
  const record = await delivery.write(containmentOf('contained', { severity: 'high', incident }))
  const table = process.env.PORTCULLIS_TABLE
  process.env.PORTCULLIS_TABLE = 'no-such-table'
  try {
    expect(await delivery.announce(record)).toEqual([record.dynamodb?.SequenceNumber])
  } finally {
    process.env.PORTCULLIS_TABLE = table
  }
  expect(await postsOn(incident)).toBe(0)
  expect(await delivery.announce(record)).toEqual([])
  expect(await postsOn(incident)).toBe(1)
})

test('an unknown input is an error, and an invalid queue message fails alone', async () => {
  await expect(announce({ hello: 1 })).rejects.toThrow('neither a batch nor')
  const invalid = { messageId: 'm-1', body: '{"news":{"incident":"inc-1"},"channel":"fax","tries":0}' }
  expect(await announce({ Records: [invalid] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] })
})
