import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { ModalView } from '@slack/types'
import { WebClient } from '@slack/web-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../lib/loopback.ts'
import { submit } from '../../local/slack/click.ts'
import { press, pressable } from '../../local/slack/press.ts'
import type { Forgery } from '../../local/slack/sign.ts'
import { type OpenView, type StoredMessage, startSlack } from '../../local/slack/start.ts'

interface Received {
  headers: IncomingHttpHeaders
  body: string
}

const signingSecret = '8f742231b10e8888abcd99e99e99e85a'
let received: Received = { headers: {}, body: '' }
const app = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  received = { headers: request.headers, body }
  response.end('seen')
})

const slack = await startSlack()
const channel = slack.channels['sec-oncall']
const web = new WebClient(slack.token, { slackApiUrl: slack.api, retryConfig: { retries: 0 } })
const to = { url: '', signingSecret }
let message: StoredMessage
beforeAll(async () => {
  to.url = `${(await listen(app)).url}/`
  const button = (verb: string) =>
    ({ type: 'button', action_id: verb, text: plain(verb), value: 'inc-7f3a1b2c.c-1.3f9c1d2' }) as const
  const elements = [button('approve'), button('deny')]
  const blocks = [{ type: 'actions' as const, block_id: 'decide', elements }]
  await web.chat.postMessage({ channel, text: 'Approval needed', blocks })
  message = (await slack.messages(channel))[0] as StoredMessage
})
afterAll(async () => {
  await slack.stop()
  app.close()
})

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const payload = () => JSON.parse(new URLSearchParams(received.body).get('payload') ?? '')
/** As docs.slack.dev tells an app to do it. */
const isSlack = ({ headers, body }: Received) => {
  const time = headers['x-slack-request-timestamp']
  const mac = createHmac('sha256', signingSecret).update(`v0:${time}:${body}`).digest('hex')
  return headers['x-slack-signature'] === `v0=${mac}`
}

describe('a click', () => {
  it('reaches the app in the form that Slack sends, and signed', async () => {
    expect(pressable(message).map(({ action_id }) => action_id)).toEqual(['approve', 'deny'])
    const sent = await press(slack, message, 'approve', 'maria', to)
    expect(sent).toEqual({ status: 200, milliseconds: expect.any(Number), body: 'seen' })
    expect(received.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(isSlack(received)).toBe(true)
    expect(payload()).toMatchObject({
      type: 'block_actions',
      user: { id: slack.users.maria, username: 'maria', team_id: slack.team.id },
      team: { id: slack.team.id },
      container: { type: 'message', message_ts: message.ts, channel_id: channel },
      channel: { id: channel, name: 'sec-oncall' },
      message: { ts: message.ts, text: 'Approval needed' },
      actions: [
        { action_id: 'approve', block_id: 'decide', value: 'inc-7f3a1b2c.c-1.3f9c1d2', type: 'button' },
      ],
      response_url: expect.stringMatching('^http://127.0.0.1:'),
    })
  })

  it('names the existing buttons where the requested one is missing', async () => {
    await expect(press(slack, message, 'undo', 'maria', to)).rejects.toThrow('it has approve, deny')
  })

  it('can be answered at its response_url five times, to that user only', async () => {
    await press(slack, message, 'approve', 'lee', to)
    const { response_url } = payload()
    const answer = async () => {
      const body = JSON.stringify({ text: 'Already approved by Maria 14:03' })
      return fetch(response_url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    }
    for (let count = 0; count < 5; count++) expect((await answer()).status).toBe(200)
    expect(await (await answer()).json()).toMatchObject({ error: 'used_url' })
    const seen = { user: slack.users.lee, text: 'Already approved by Maria 14:03', by: 'response_url' }
    expect(slack.ephemeral(channel)).toMatchObject(Array(5).fill(seen))
    expect(await slack.messages(channel)).toHaveLength(1)
  })

  it.each<[string, Forgery]>([
    ['another secret', 'secret'],
    ['another body', 'body'],
    ['its body in base64', 'base64'],
    ['no signature', 'unsigned'],
  ])('with %s is not taken for Slack', async (_, forge) => {
    await press(slack, message, 'approve', 'maria', { ...to, forge })
    expect(isSlack(received)).toBe(false)
  })

  it('of six minutes ago is signed and carries its time', async () => {
    const at = new Date('2026-11-21T14:02:11Z')
    await press(slack, message, 'approve', 'maria', { ...to, at })
    expect(isSlack(received)).toBe(true)
    expect(received.headers['x-slack-request-timestamp']).toBe(String(at.getTime() / 1000))
  })

  it('of a user of another workspace reaches the app as well', async () => {
    await press(slack, message, 'approve', 'U0ELSEWHERE', to)
    expect(payload().user.id).toBe('U0ELSEWHERE')
  })
})

describe('a modal', () => {
  const options = ['1h', '4h'].map((value) => ({ text: plain(value), value }))
  const view: ModalView = {
    type: 'modal',
    callback_id: 'decide',
    private_metadata: '{"verb":"extend"}',
    title: plain('Extend'),
    submit: plain('Extend'),
    blocks: [
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Reason'),
        element: { type: 'plain_text_input', action_id: 'reason' },
      },
      {
        type: 'input',
        block_id: 'for',
        label: plain('For'),
        element: { type: 'static_select', action_id: 'for', options },
      },
    ],
  }
  let open: OpenView

  it('is opened once by the trigger of a click, and updated', async () => {
    await press(slack, message, 'deny', 'maria', to)
    const { trigger_id } = payload()
    const opened = await web.views.open({ trigger_id, view })
    await expect(web.views.open({ trigger_id, view })).rejects.toThrow('exchanged_trigger_id')
    await web.views.update({ view_id: opened.view?.id ?? '', view: { ...view, private_metadata: 'later' } })
    expect(slack.views()).toMatchObject([{ id: opened.view?.id, private_metadata: 'later' }])
    open = slack.views()[0] as OpenView
  })

  it('is submitted with the values of its inputs', async () => {
    await submit({
      slack,
      ...to,
      user: slack.users.maria,
      view: open,
      values: { reason: 'load test', for: '4h' },
    })
    expect(isSlack(received)).toBe(true)
    expect(payload()).toMatchObject({
      type: 'view_submission',
      user: { id: slack.users.maria },
      view: { id: open.id, callback_id: 'decide', private_metadata: 'later' },
    })
    expect(payload().view.state.values).toEqual({
      reason: { reason: { type: 'plain_text_input', value: 'load test' } },
      for: { for: { type: 'static_select', selected_option: options[1] } },
    })
  })

  it('is not submitted with values that its inputs cannot hold', async () => {
    const sent = (values: Record<string, string>) =>
      submit({ slack, ...to, user: slack.users.maria, view: open, values })
    await expect(sent({ for: '9h' })).rejects.toThrow('no option 9h')
    await expect(sent({ why: 'x' })).rejects.toThrow('no input why')
  })
})
