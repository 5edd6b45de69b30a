import { createHmac } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Order } from '../../../responders/decisions/order.ts'
import { ask, signingSecret, startSite } from './site.ts'

const site = await startSite()
afterAll(() => site.stop())

const [incident, containment, plan] = ['inc-7f3a1b2c', 'c-0123456789abcdef', '3f9c1d2'.padEnd(64, '0')]
const value = [incident, containment, plan].join('.')
const press = (verb: string, more: object = {}) => ({
  type: 'block_actions',
  user: { id: 'U000000002' },
  team: { id: 'T000000001' },
  channel: { id: 'C000000003' },
  trigger_id: '1.2.abc',
  response_url: 'https://hooks.slack.com/actions/T/1/x',
  message: { ts: '1763733600.000100', text: 'Approval needed', blocks: [{ type: 'header' }] },
  actions: [{ action_id: verb, block_id: 'decide', type: 'button', value }],
  ...more,
})

interface Sending {
  secret?: string
  seconds?: number
  base64?: boolean
  tamper?: boolean
  unsigned?: boolean
}

function slack(payload: object | string, { secret = signingSecret, seconds = 0, ...how }: Sending = {}) {
  const body =
    typeof payload === 'string'
      ? payload
      : new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const stamp = String(Math.floor(Date.now() / 1000) - seconds)
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`
  return ask('POST', '/slack', {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': stamp,
      ...(!how.unsigned && { 'x-slack-signature': signature }),
    },
    body: how.tamper ? body.replace('approve', 'retry') : body,
    ...(how.base64 && { base64: true }),
  })
}

const orders = async () => (await site.queued()).map(({ Body }) => JSON.parse(Body ?? '') as Order)

describe('a request from Slack', () => {
  beforeEach(() => site.reset())

  test('makes an order of a pressed button and answers with an empty 200', async () => {
    expect(await slack(press('approve'))).toMatchObject({ statusCode: 200, body: '' })
    expect(await orders()).toMatchObject([
      {
        verb: 'approve',
        incident,
        containment,
        plan,
        claim: { how: 'slack', user: 'U000000002', team: 'T000000001' },
      },
    ])
  })

  test('accepts a body that API Gateway has encoded', async () => {
    expect(await slack(press('approve'), { base64: true })).toMatchObject({ statusCode: 200 })
    expect(await orders()).toHaveLength(1)
  })

  test.each([
    ['a forged signature', { secret: 'another' }],
    ['no signature', { unsigned: true }],
    ['another body than the one signed', { tamper: true }],
    ['a timestamp six minutes old', { seconds: 360 }],
    ['a timestamp in the future', { seconds: -360 }],
  ] as [string, Sending][])('refuses %s without saying why', async (_, how) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const replies = [await slack(press('approve'), how), await slack(press('approve'), { secret: 'x' })]
    expect(replies[0]).toEqual(replies[1])
    expect(replies[0]).toMatchObject({ statusCode: 401, body: '' })
    expect(JSON.stringify(warn.mock.calls)).not.toContain(containment)
    expect(warn).toHaveBeenCalledTimes(2)
    expect(await orders()).toEqual([])
    warn.mockRestore()
  })

  test('accepts a timestamp four minutes old', async () => {
    expect(await slack(press('approve'), { seconds: 240 })).toMatchObject({ statusCode: 200 })
  })

  test('makes one order of a repeated or replayed click, and a new one when the message has changed', async () => {
    for (const more of [{}, {}, { trigger_id: '9.9.zzz' }]) await slack(press('approve', more))
    await slack(press('approve', { message: { ts: '1763733600.000100', text: 'Failed', blocks: [] } }))
    await slack(press('approve', { user: { id: 'U000000003' } }))
    expect(await orders()).toHaveLength(3)
  })

  test('keeps the trigger only for verbs that open a form', async () => {
    for (const verb of ['approve', 'deny', 'undo', 'extend', 'retry']) await slack(press(verb))
    const triggers = (await orders()).map(({ verb, claim }) => [verb, claim.how === 'slack' && claim.trigger])
    expect(Object.fromEntries(triggers)).toEqual({
      approve: undefined,
      deny: '1.2.abc',
      undo: '1.2.abc',
      extend: '1.2.abc',
      retry: undefined,
    })
  })

  test('makes an order of a submitted form', async () => {
    const view = {
      id: 'V1',
      callback_id: 'decide',
      private_metadata: JSON.stringify({
        verb: 'extend',
        incident,
        containment,
        plan,
        channel: 'C1',
        message: '1.2',
      }),
      state: {
        values: {
          reason: { reason: { type: 'plain_text_input', value: 'load test' } },
          for: { for: { selected_option: { value: '4h' } } },
        },
      },
    }
    await slack({ type: 'view_submission', user: { id: 'U1' }, team: { id: 'T1' }, trigger_id: 'x', view })
    expect(await orders()).toMatchObject([
      {
        verb: 'extend',
        reason: 'load test',
        for: '4h',
        claim: { how: 'slack', user: 'U1', team: 'T1', channel: 'C1' },
      },
    ])
  })

  test.each([
    ['a certificate check', 'ssl_check=1&token=x'],
    ['another interaction', { type: 'message_action', user: { id: 'U1' } }],
    ['a button of another app', press('open-url')],
    [
      'an invalid button value',
      press('approve', { actions: [{ action_id: 'approve', value: '../../etc' }] }),
    ],
    ['a payload that is not JSON', 'payload=%7B'],
  ])('accepts %s and does nothing', async (_, payload) => {
    expect(await slack(payload)).toMatchObject({ statusCode: 200, body: '' })
    expect(await orders()).toEqual([])
  })

  test('calls AWS only for its parameters and the queue', async () => {
    const { calls } = await site.cloud.tap.during(() => slack(press('approve')))
    expect(calls.map(({ action }) => action).filter((action) => action !== 'ssm:GetParameters')).toEqual([
      'sqs:SendMessage',
    ])
  })
})
