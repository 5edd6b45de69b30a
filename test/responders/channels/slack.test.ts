import { setTimeout as sleep } from 'node:timers/promises'
import type { DynamoDBRecord } from 'aws-lambda'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { readIncident } from '../../../engine/journal/incidents.ts'
import { slackClient } from '../../../responders/channels/slack/slack-client.ts'
import { slackReplies } from '../../../responders/messages/slack/replies.ts'
import { openPostOffice, prefix } from './delivery-environment.ts'
import { containmentOf, moved, newIncident } from './records.ts'

const office = await openPostOffice()
const { slack } = office
const oncall = slack.channels['sec-oncall']
const feed = slack.channels['sec-feed']
afterAll(() => office.stop())
beforeEach(() => {
  slack.setMode('well')
  slack.calls.length = 0
})

/** The living messages of an incident. */
const about = async (incident: string, channel = oncall) =>
  (await slack.messages(channel)).filter((message) => JSON.stringify(message).includes(incident))
const posted = () => slack.calls.filter(({ method }) => method === 'chat.postMessage')

test('an incident is one message, posted once and then edited', async () => {
  const asked = containmentOf('approval-needed', { severity: 'high' })
  expect(await office.announce(await office.write(asked))).toEqual([])
  const [first] = await about(asked.incident)
  expect(first?.text).toContain('Approval needed')
  expect(JSON.stringify(first?.blocks)).toContain('S0SECONCALL')

  await office.announce(await office.write(moved(asked, 'contained')))
  const now = await about(asked.incident)
  expect(now).toHaveLength(1)
  expect(now[0]).toMatchObject({ ts: first?.ts, text: expect.stringMatching(/^Contained/) })
  expect(await office.row(asked.incident, 'slack')).toMatchObject({
    channel: 'slack',
    state: 'delivered',
    place: oncall,
    link: expect.stringContaining(oncall),
  })
  expect(slack.calls.flatMap(({ breaches }) => breaches)).toEqual([])
})

test('each change is one reply, in order, though the batch comes twice, shuffled, to two at the same moment', async () => {
  const asked = containmentOf('approval-needed', { severity: 'high' })
  const steps = [asked]
  for (const status of ['containing', 'contained', 'drifted', 'released'] as const)
    steps.push(moved(steps.at(-1) as typeof asked, status))
  const batch: DynamoDBRecord[] = []
  for (const step of steps) batch.push(await office.write(step))

  const shuffled = [2, 0, 4, 1, 3].flatMap((place) => batch[place] ?? [])
  const failed = await Promise.all([office.announce(...batch), office.announce(...shuffled)])
  expect(failed.flat()).toEqual([])
  await office.announce(...batch)

  const [message, ...others] = await about(asked.incident)
  expect(others).toEqual([])
  const replies = await slack.replies(oncall, message?.ts ?? '')
  const incident = await readIncident(asked.incident, prefix)
  const expected = incident ? slackReplies([], incident).map(({ text }) => text) : []
  expect(expected).toHaveLength(5)
  expect(replies.map(({ text }) => text)).toEqual(expected)
})

test('an edit that somebody must act upon calls the group in the thread, once', async () => {
  const contained = containmentOf('contained', { severity: 'high' })
  await office.announce(await office.write(contained))
  const failed = moved(contained, 'failed', 'AccessDenied')
  await office.announce(await office.write(failed))
  await office.announce(await office.write(moved(failed, 'failed', 'AccessDenied again')))
  const [message] = await about(contained.incident)
  const replies = await slack.replies(oncall, message?.ts ?? '')
  expect(replies.filter(({ text }) => text.includes('<!subteam^S0SECONCALL>'))).toHaveLength(1)
})

test('what has become grave goes on where the grave things are', async () => {
  const low = containmentOf('contained', { severity: 'low' })
  await office.announce(await office.write(low))
  expect(await about(low.incident, feed)).toHaveLength(1)
  await office.announce(
    await office.write(containmentOf('failed', { incident: low.incident, severity: 'critical' })),
  )
  expect(await about(low.incident)).toHaveLength(1)
  const [old] = await about(low.incident, feed)
  expect(old?.text).toContain(`<#${oncall}>`)
})

test('a message that somebody deleted is posted again', async () => {
  const asked = containmentOf('approval-needed', { severity: 'high' })
  await office.announce(await office.write(asked))
  const { ts = '' } = (await office.row(asked.incident, 'slack')) ?? {}
  await fetch(`${slack.api}chat.delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: oncall, ts }),
  })
  await office.announce(await office.write(moved(asked, 'contained')))
  expect((await about(asked.incident)).map(({ text }) => text)).toEqual([expect.stringMatching(/^Contained/)])
})

test('when Slack asks to wait it is waited, and nothing is lost or told twice', async () => {
  slack.setMode({ limited: { every: 2, retryAfter: 1 } })
  const asked = containmentOf('approval-needed', { severity: 'high' })
  expect(await office.announce(await office.write(asked))).toEqual([])
  expect(slack.calls.some(({ status }) => status === 429)).toBe(true)
  expect(await about(asked.incident)).toHaveLength(1)
  expect(await office.retry()).toEqual([])
  const waits = slack.calls.flatMap(({ at, status }, place) =>
    status === 429 ? [Date.parse(slack.calls[place + 1]?.at ?? '') - Date.parse(at)] : [],
  )
  for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(990)
})

test('a wait that is too long is left to the queue, and is no trouble', async () => {
  slack.setMode({ limited: { every: 1, retryAfter: 90 } })
  const asked = containmentOf('approval-needed', { severity: 'high' })
  expect(await office.announce(await office.write(asked))).toEqual([])
  expect(await office.row(asked.incident, 'slack')).toMatchObject({ state: 'failed' })
  expect(await office.noticed()).toEqual([])
  slack.setMode('well')
  const [due] = await office.retry()
  expect(due).toBeGreaterThanOrEqual(89)
  expect(await about(asked.incident)).toHaveLength(1)
})

test('twenty like incidents in a minute are four messages and one above the others, with a count', async () => {
  const flood = Array.from({ length: 20 }, () =>
    containmentOf('approval-needed', { severity: 'high', rule: 'api-flood' }),
  )
  const batch: DynamoDBRecord[] = []
  for (const record of flood) batch.push(await office.write(record))
  const before = (await slack.messages(oncall)).length
  const failed = await Promise.all([office.announce(...batch), office.announce(...batch)])
  expect(failed.flat()).toEqual([])

  const now = (await slack.messages(oncall)).slice(before)
  expect(now).toHaveLength(5)
  const parents = now.filter(({ text }) => text.startsWith('20 like incidents'))
  expect(parents).toHaveLength(1)
  const below = await slack.replies(oncall, parents[0]?.ts ?? '')
  expect(below).toHaveLength(16)
  for (const { incident } of flood)
    expect(posted().filter(({ body }) => JSON.stringify(body.metadata)?.includes(incident))).toHaveLength(1)

  // One of them goes on: its own message is edited, and the thread says which.
  const last = flood.find(({ incident }) => JSON.stringify(below).includes(incident)) ?? flood[19]
  if (!last) throw new Error('There is no incident below the others.')
  await office.announce(await office.write(moved(last, 'contained')))
  const after = await slack.replies(oncall, parents[0]?.ts ?? '')
  expect(after).toHaveLength(17)
  expect(after.at(-1)?.text).toContain(last.incident)
})

test('like incidents that had to wait for Slack are counted once', async () => {
  slack.setMode({ limited: { every: 1, retryAfter: 90 } })
  const batch: DynamoDBRecord[] = []
  for (let n = 0; n < 6; n++)
    batch.push(
      await office.write(containmentOf('contained', { severity: 'high', rule: 'iam-key-quarantined' })),
    )
  await office.announce(...batch)
  slack.setMode('well')
  expect(await office.retry()).toHaveLength(6)
  const parents = (await slack.messages(oncall)).filter(({ text }) => text.includes('iam-key-quarantined'))
  expect(parents.map(({ text }) => text)).toEqual([expect.stringMatching(/^6 like incidents/)])
})

test('who finds another at work comes back when what it asked for is shown', async () => {
  const asked = containmentOf('approval-needed', { severity: 'high' })
  const record = await office.write(asked)
  slack.setMode({ slow: 300 })
  const first = office.announce(record)
  while (slack.calls.length === 0) await sleep(10)
  const second = await office.write(moved(asked, 'contained'))
  await office.announce(second)
  expect((await about(asked.incident)).map(({ text }) => text)).toEqual([expect.stringMatching(/^Contained/)])
  await first
})

test('a token that was rotated is read anew, and one that is revoked is said to be', async () => {
  await office.install({}, 'xoxb-old')
  const first = containmentOf('contained', { severity: 'high' })
  await office.announce(await office.write(first))
  expect(await office.row(first.incident, 'slack')).toMatchObject({
    state: 'failed',
    why: expect.stringContaining('invalid_auth'),
  })
  expect(slack.calls.filter(({ error }) => error === 'invalid_auth')).toHaveLength(2)
  await office.install({})
  await office.retry()
  expect(await about(first.incident)).toHaveLength(1)
})

test('what was begun by one who died is not posted again', async () => {
  const incident = newIncident()
  const record = containmentOf('contained', { severity: 'high', incident })
  await office.announce(await office.write(record))
  const row = await office.row(incident, 'slack')
  const lease = { owner: 'who died', leaseUntil: Date.now() + 500 }
  const { ts: _, ...died } = { ...row, ...lease, posting: record.opened }
  await office.write(died as never)
  await office.announce(await office.write(moved(record, 'released')))
  expect((await about(incident)).map(({ text }) => text)).toEqual([expect.not.stringMatching(/^Contained/)])
})

test('a message whose blocks Slack refuses is told in plain text', async () => {
  const { post } = slackClient({ prefix, until: Date.now() + 5_000 })
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3_001) } }] as const
  const ts = await post({ text: 'Too long for a block.', blocks: [...blocks] }, { channel: feed })
  const [said] = (await slack.messages(feed)).filter((message) => message.ts === ts)
  expect(said).toMatchObject({ text: 'Too long for a block.' })
  expect(said?.blocks ?? []).toEqual([])
})
