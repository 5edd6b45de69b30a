import { setTimeout as sleep } from 'node:timers/promises'
import { LogLevel, WebClient } from '@slack/web-api'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { limiter } from '../../local/slack/mode.ts'
import { startSlack } from '../../local/slack/start.ts'

const slack = await startSlack()
const channel = slack.channels['sec-oncall']
const clientWith = (token: string) =>
  new WebClient(token, {
    slackApiUrl: slack.api,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  })
const web = clientWith(slack.token)
afterAll(() => slack.stop())
beforeEach(() => slack.setMode('well'))

const header = (length: number) => ({
  type: 'header' as const,
  text: { type: 'plain_text' as const, text: 'x'.repeat(length) },
})

describe('the local Slack', () => {
  it('has users and channels with ids of the real shape, and the bot in every channel', async () => {
    expect(Object.keys(slack.users)).toEqual(['maria', 'lee', 'sam'])
    for (const id of Object.values(slack.users)) expect(id).toMatch(/^U[A-Z0-9]{8,}$/)
    for (const id of Object.values(slack.channels)) {
      expect(id).toMatch(/^C[A-Z0-9]{8,}$/)
      expect((await web.conversations.info({ channel: id })).channel).toMatchObject({ is_member: true })
    }
    const { user } = await web.users.lookupByEmail({ email: 'maria@example.com' })
    expect(user?.id).toBe(slack.users.maria)
  })

  it('keeps a message, its edit, and its thread', async () => {
    const { ts = '' } = await web.chat.postMessage({ channel, text: 'Approval needed', blocks: [header(15)] })
    expect((await slack.messages(channel)).at(-1)).not.toHaveProperty('edited')
    await web.chat.update({ channel, ts, text: 'Contained', blocks: [header(9)] })
    await web.chat.postMessage({ channel, thread_ts: ts, text: 'Approved by Maria' })
    expect(await slack.messages(channel)).toMatchObject([
      {
        channel,
        ts,
        text: 'Contained',
        blocks: [header(9)],
        edited: { ts: expect.any(String) },
        reply_count: 1,
      },
    ])
    expect(await slack.replies(channel, ts)).toMatchObject([{ text: 'Approved by Maria', thread_ts: ts }])
    expect(slack.calls.slice(-3)).toMatchObject([
      { method: 'chat.postMessage', status: 200, body: { text: 'Approval needed', blocks: [header(15)] } },
      { method: 'chat.update', status: 200, body: { ts } },
      { method: 'chat.postMessage', status: 200, body: { thread_ts: ts } },
    ])
  })

  it('shows an ephemeral message to one user only', async () => {
    const before = await slack.messages(channel)
    await web.chat.postEphemeral({ channel, user: slack.users.sam, text: 'Only @sec-oncall can approve.' })
    expect(slack.ephemeral(channel)).toMatchObject([{ user: slack.users.sam, by: 'chat.postEphemeral' }])
    expect(await slack.messages(channel)).toEqual(before)
  })

  it('refuses any other token', async () => {
    const stolen = clientWith('xoxb-stolen').chat.postMessage({ channel, text: 'x' })
    await expect(stolen).rejects.toThrow('invalid_auth')
  })

  it('refuses a call that breaks a limit, names the limit, records the call, and stores nothing', async () => {
    const before = await slack.messages(channel)
    const answer = await fetch(`${slack.api}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.token}` },
      body: new URLSearchParams({ channel, blocks: JSON.stringify([header(151)]) }),
    })
    const line = 'must be less than 151 characters [json-pointer:/blocks/0/text/text]'
    expect(await answer.json()).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [line],
      response_metadata: { messages: [`[ERROR] ${line}`] },
    })
    expect(slack.calls.at(-1)).toMatchObject({
      error: 'invalid_blocks',
      breaches: [`invalid_blocks: ${line}`],
    })
    expect(await slack.messages(channel)).toEqual(before)
  })

  it('shows what it holds on a page', async () => {
    expect(await (await fetch(slack.inspector)).text()).toContain('sec-oncall')
  })
})

describe('its mode', () => {
  const say = () => web.chat.postMessage({ channel, text: 'x' })

  it('down closes the connection, and records that no answer was given', async () => {
    slack.setMode('down')
    const asked = fetch(`${slack.api}chat.postMessage`, { method: 'POST', body: '{}' })
    await expect(asked).rejects.toThrow('fetch failed')
    expect(slack.calls.at(-1)).toMatchObject({ method: 'chat.postMessage', status: 0 })
  })

  it('revoked refuses the token as revoked', async () => {
    slack.setMode('revoked')
    await expect(say()).rejects.toThrow('token_revoked')
  })

  it('slow answers late', async () => {
    slack.setMode({ slow: 200 })
    const said = say().then(() => 'answered')
    expect(await Promise.race([said, sleep(100, 'waiting')])).toBe('waiting')
    expect(await said).toBe('answered')
  })

  it('limited refuses each n-th call with the time to wait', async () => {
    slack.setMode({ limited: { every: 2, retryAfter: 7 } })
    await say()
    await expect(say()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 7 })
    await say()
  })

  it('strict accepts a burst in a channel, then refuses, and still accepts another channel', async () => {
    slack.setMode('strict')
    // The time stands still: on a slow machine the bucket would fill again.
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      for (let count = 0; count < 4; count++) await say()
      await expect(say()).rejects.toMatchObject({ retryAfter: 1 })
      await web.chat.postMessage({ channel: slack.channels['sec-feed'], text: 'x' })
    } finally {
      vi.useRealTimers()
    }
  })

  it('strict accepts one message per second indefinitely, and no more', () => {
    const wait = limiter()
    const minute = (step: number) =>
      Array.from({ length: 60_000 / step }, (_, n) => wait('chat.postMessage', 'C1', 1_000 + n * step))
    expect(minute(1_000).filter((seconds) => seconds > 0)).toEqual([])
    const taken = limiter()
    const half = Array.from({ length: 120 }, (_, n) => taken('chat.postMessage', 'C1', n * 500))
    expect(half.filter((seconds) => seconds === 0)).toHaveLength(63)
  })
})
