import type { Button } from '@slack/types'
import { type Forgery, post, type SignedRequest, signedForm } from './sign.ts'
import type { LocalSlack, OpenView, StoredMessage } from './start.ts'
import { modalStateOf } from './state-of.ts'

/** The app's address, and the secret that signs requests to it. */
export interface App {
  /** The Request URL in Slack's terms. */
  url: string
  signingSecret: string
}

export interface ClickedBy {
  slack: LocalSlack
  /** The user's id. */
  user: string
  /** The time in Slack's timestamp; now by default. */
  at?: Date
  forge?: Forgery
}

/** A button with the id of its block. */
export type Pressed = Button & { block_id?: string }

/** Presses a button: sends the app a `block_actions` payload. Source: docs.slack.dev, "block_actions payload". */
export async function click(
  to: App & ClickedBy & { message: StoredMessage; action: Pressed },
): Promise<SignedRequest> {
  return post(to.url, signedForm(await clickPayload(to), to.signingSecret, to.at, to.forge))
}

/** Submits a modal with values by block id: sends the app a `view_submission` payload. */
export async function submit(
  to: App & ClickedBy & { view: OpenView; values: Record<string, string> },
): Promise<SignedRequest> {
  const { slack, user, view, values } = to
  const payload = {
    type: 'view_submission',
    ...(await who(slack, user)),
    view: { ...view, state: { values: modalStateOf(view.blocks, values) } },
    response_urls: [],
  }
  return post(to.url, signedForm(payload, to.signingSecret, to.at, to.forge))
}

/** The payload of a click: user, channel, message, and the means to answer. */
export async function clickPayload({
  slack,
  user,
  message,
  action,
  at = new Date(),
}: ClickedBy & { message: StoredMessage; action: Pressed }) {
  const { channel, ts, thread_ts } = message
  const name = Object.entries(slack.channels).find(([, id]) => id === channel)?.[0]
  const { action_id, block_id = 'generated', text, value, style } = action
  const action_ts = (at.getTime() / 1000).toFixed(6)
  return {
    type: 'block_actions',
    ...(await who(slack, user)),
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: false,
      ...(thread_ts && { thread_ts }),
    },
    channel: { id: channel, name },
    message: { ...message, type: 'message', team: slack.team.id, app_id: slack.app },
    state: { values: {} },
    response_url: slack.responseUrl(channel, user),
    actions: [{ action_id, block_id, text, value, ...(style && { style }), type: 'button', action_ts }],
  }
}

async function who(slack: LocalSlack, user: string) {
  const name = Object.entries(slack.users).find(([, id]) => id === user)?.[0]
  return {
    user: { id: user, username: name ?? 'stranger', name: name ?? 'stranger', team_id: slack.team.id },
    api_app_id: slack.app,
    // Slack still sends it, but it proves nothing, so the app must not use it.
    token: 'deprecated',
    trigger_id: name ? await slack.trigger(user) : '0.0.stranger',
    team: slack.team,
    enterprise: null,
    is_enterprise_install: false,
  }
}
