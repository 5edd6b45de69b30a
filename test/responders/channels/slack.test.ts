import { setTimeout as sleep } from 'node:timers/promises'
import type { DynamoDBRecord } from 'aws-lambda'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { readIncident } from '../../../engine/journal/incidents.ts'
import { slackClient } from '../../../responders/channels/slack/slack-client.ts'
import { slackReplies } from '../../../responders/messages/slack/replies.ts'
import { prefix, startDelivery } from './delivery-environment.ts'
import { containmentOf, moved, newIncident } from './records.ts'

const delivery = await startDelivery()
const { slack } = delivery
const oncall = slack.channels['sec-oncall']
const feed = slack.channels['sec-feed']
afterAll(() => delivery.stop())
beforeEach(() => {
  slack.setMode('well')
  slack.calls.length = 0
})

/** The messages about an incident. */
const about = async (incident: string, channel = oncall) =>
  (await slack.messages(channel)).filter((message) => JSON.stringify(message).includes(incident))
const posted = () => slack.calls.filter(({ method }) => method === 'chat.postMessage')

test('an incident is one message, posted once and then edited', async () => {
  const asked = containmentOf('approval-needed', { severity: 'high' })
  expect(await delivery.announce(await delivery.write(asked))).toEqual([])
  const [first] = await about(asked.incident)
  expect(first?.text).toContain('Approval needed')
  expect(JSON.stringify(first?.blocks)).toContain('S0SECONCALL')

  await delivery.announce(await delivery.write(moved(asked, 'contained')))
  const now = await about(asked.incident)
  expect(now).toHaveLength(1)
  expect(now[0]).toMatchObject({ ts: first?.ts, text: expect.stringMatching(/^Contained/) })
  expect(await delivery.row(asked.incident, 'slack')).toMatchObject({
    channel: 'slack',
    state: 'delivered',
    place: oncall,
    link: expect.stringContaining(oncall),
  })
  expect(slack.calls.flatMap(({ breaches }) => breaches)).toEqual([])
})

test('each change is one reply, in order, when two workers get the batch shuffled and twice', async () => {
  const asked = containmentOf('approval-needed', { severity: 'high' })
  const steps = [asked]
  for (const status of ['containing', 'contained', 'drifted', 'released'] as const)
    steps.push(moved(steps.at(-1) as typeof asked, status))
  const batch: DynamoDBRecord[] = []
  for (const step of steps) batch.push(await delivery.write(step))

  const shuffled = [2, 0, 4, 1, 3].flatMap((place) => batch[place] ?? [])
  const failed = await Promise.all([delivery.announce(...batch), delivery.announce(...shuffled)])
  expect(failed.flat()).toEqual([])
  await delivery.announce(...batch)

  const [message, ...others] = await about(asked.incident)
  expect(others).toEqual([])
  const replies = await slack.replies(oncall, message?.ts ?? '')
  const incident = await readIncident(asked.incident, prefix)
  const expected = incident ? slackReplies([], incident).map(({ text }) => text) : []
  expect(expected).toHaveLength(5)
  expect(replies.map(({ text }) => text)).toEqual(expected)
})

test('an edit that needs action mentions the group in the thread, once', async () => {
  const contained = containmentOf('contained', { severity: 'high' })
  await delivery.announce(await delivery.write(contained))
  const failed = moved(contained, 'failed', 'AccessDenied')
  await delivery.announce(await delivery.write(failed))
  await delivery.announce(await delivery.write(moved(failed, 'failed', 'AccessDenied again')))
  const [message] = await about(contained.incident)
  const replies = await slack.replies(oncall, message?.ts ?? '')
  expect(replies.filter(({ text }) => text.includes('<!subteam^S0SECONCALL>'))).toHaveLength(1)
})

test('an incident whose severity rises moves to the channel of that severity', async () => {
  const low = containmentOf('contained', { severity: 'low' })
  await delivery.announce(await delivery.write(low))
  expect(await about(low.incident, feed)).toHaveLength(1)
  await delivery.announce(
    await delivery.write(containmentOf('failed', { incident: low.incident, severity: 'critical' })),
  )
  expect(await about(low.incident)).toHaveLength(1)
  const [old] = await about(low.incident, feed)
  expect(old?.text).toContain(`<#${oncall}>`)
})

test('a deleted message is posted again', async () => {
  const asked = containmentOf('approval-needed', { severity: 'high' })
  await delivery.announce(await delivery.write(asked))
  const { ts = '' } = (await delivery.row(asked.incident, 'slack')) ?? {}
  await fetch(`${slack.api}chat.delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: oncall, ts }),
  })
  await delivery.announce(await delivery.write(moved(asked, 'contained')))
  expect((await about(asked.incident)).map(({ text }) => text)).toEqual([expect.stringMatching(/^Contained/)])
})

test('a rate limit of Slack is respected, and nothing is lost or posted twice', async () => {
  slack.setMode({ limited: { every: 2, retryAfter: 1 } })
  const asked = containmentOf('approval-needed', { severity: 'high' })
  expect(await delivery.announce(await delivery.write(asked))).toEqual([])
  expect(slack.calls.some(({ status }) => status === 429)).toBe(true)
  expect(await about(asked.incident)).toHaveLength(1)
  expect(await delivery.retry()).toEqual([])
  const waits = slack.calls.flatMap(({ at, status }, place) =>
    status === 429 ? [Date.parse(slack.calls[place + 1]?.at ?? '') - Date.parse(at)] : [],
  )
  for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(990)
})

test('a long rate limit is left to the retry queue and not reported as an error', async () => {
  slack.setMode({ limited: { every: 1, retryAfter: 90 } })
  const asked = containmentOf('approval-needed', { severity: 'high' })
  expect(await delivery.announce(await delivery.write(asked))).toEqual([])
  expect(await delivery.row(asked.incident, 'slack')).toMatchObject({ state: 'failed' })
  expect(await delivery.noticed()).toEqual([])
  slack.setMode('well')
  const [due] = await delivery.retry()
  expect(due).toBeGreaterThanOrEqual(89)
  expect(await about(asked.incident)).toHaveLength(1)
})

test('twenty similar incidents in a minute are four messages and one that counts the rest', async () => {
  const flood = Array.from({ length: 20 }, () =>
    containmentOf('approval-needed', { severity: 'high', rule: 'api-flood' }),
  )
  const batch: DynamoDBRecord[] = []
  for (const record of flood) batch.push(await delivery.write(record))
  const before = (await slack.messages(oncall)).length
  const failed = await Promise.all([delivery.announce(...batch), delivery.announce(...batch)])
  expect(failed.flat()).toEqual([])

  const now = (await slack.messages(oncall)).slice(before)
  expect(now).toHaveLength(5)
  const parents = now.filter(({ text }) => text.startsWith('20 similar incidents'))
  expect(parents).toHaveLength(1)
  const below = await slack.replies(oncall, parents[0]?.ts ?? '')
  expect(below).toHaveLength(16)
  for (const { incident } of flood)
    expect(posted().filter(({ body }) => JSON.stringify(body.metadata)?.includes(incident))).toHaveLength(1)

  // When one of them changes, its own message is edited, and the reply in the shared thread names it.
  const last = flood.find(({ incident }) => JSON.stringify(below).includes(incident)) ?? flood[19]
  if (!last) throw new Error('There is no incident in the thread.')
  await delivery.announce(await delivery.write(moved(last, 'contained')))
  const after = await slack.replies(oncall, parents[0]?.ts ?? '')
  expect(after).toHaveLength(17)
  expect(after.at(-1)?.text).toContain(last.incident)
})

test('similar incidents that had to wait for Slack are counted once', async () => {
  slack.setMode({ limited: { every: 1, retryAfter: 90 } })
  const batch: DynamoDBRecord[] = []
  for (let n = 0; n < 6; n++)
    batch.push(
      await delivery.write(containmentOf('contained', { severity: 'high', rule: 'iam-key-quarantined' })),
    )
  await delivery.announce(...batch)
  slack.setMode('well')
  expect(await delivery.retry()).toHaveLength(6)
  const parents = (await slack.messages(oncall)).filter(({ text }) => text.includes('iam-key-quarantined'))
  expect(parents.map(({ text }) => text)).toEqual([expect.stringMatching(/^6 similar incidents/)])
})

test('a worker that finds another at work returns once its own change is shown', async () => {
  const asked = containmentOf('approval-needed', { severity: 'high' })
  const record = await delivery.write(asked)
  slack.setMode({ slow: 300 })
  const first = delivery.announce(record)
  while (slack.calls.length === 0) await sleep(10)
  const second = await delivery.write(moved(asked, 'contained'))
  await delivery.announce(second)
  expect((await about(asked.incident)).map(({ text }) => text)).toEqual([expect.stringMatching(/^Contained/)])
  await first
})

test('a rotated token is read again, and a revoked one is reported', async () => {
  await delivery.install({}, 'xoxb-old')
  const first = containmentOf('contained', { severity: 'high' })
  await delivery.announce(await delivery.write(first))
  expect(await delivery.row(first.incident, 'slack')).toMatchObject({
    state: 'failed',
    why: expect.stringContaining('invalid_auth'),
  })
  expect(slack.calls.filter(({ error }) => error === 'invalid_auth')).toHaveLength(2)
  await delivery.install({})
  await delivery.retry()
  expect(await about(first.incident)).toHaveLength(1)
})

test('a message posted by a worker that died is not posted again', async () => {
  const incident = newIncident()
  const record = containmentOf('contained', { severity: 'high', incident })
  await delivery.announce(await delivery.write(record))
  const row = await delivery.row(incident, 'slack')
  const lease = { owner: 'a worker that died', leaseUntil: Date.now() + 500 }
  const { ts: _, ...died } = { ...row, ...lease, posting: record.opened }
  await delivery.write(died as never)
  await delivery.announce(await delivery.write(moved(record, 'released')))
  expect((await about(incident)).map(({ text }) => text)).toEqual([expect.not.stringMatching(/^Contained/)])
})

test('a message whose blocks Slack refuses is posted as plain text', async () => {
  const { post } = slackClient({ prefix, until: Date.now() + 5_000 })
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3_001) } }] as const
  const ts = await post({ text: 'Too long for a block.', blocks: [...blocks] }, { channel: feed })
  const [said] = (await slack.messages(feed)).filter((message) => message.ts === ts)
  expect(said).toMatchObject({ text: 'Too long for a block.' })
  expect(said?.blocks ?? []).toEqual([])
})
