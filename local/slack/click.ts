import type { Button } from '@slack/types'
import { type Forgery, post, type SignedRequest, signedForm } from './sign.ts'
import type { LocalSlack, OpenView, StoredMessage } from './start.ts'
import { modalStateOf } from './state-of.ts'

/** Where the app listens, and how its requests are signed. */
export interface App {
  /** Slack calls it the Request URL. */
  url: string
  signingSecret: string
}

export interface ClickedBy {
  slack: LocalSlack
  /** The user's id. */
  user: string
  /** When Slack says it sent this; now, unless told. */
  at?: Date
  forge?: Forgery
}

/** A button with the block it stands in. */
export type Pressed = Button & { block_id?: string }

/** Presses a button, as Slack tells an app of it (docs.slack.dev/reference/interaction-payloads/block_actions-payload). */
export async function click(
  to: App & ClickedBy & { message: StoredMessage; action: Pressed },
): Promise<SignedRequest> {
  return post(to.url, signedForm(await clickPayload(to), to.signingSecret, to.at, to.forge))
}

/** Sends a modal with what was typed and chosen in it, by block (`view_submission`). */
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

/** What Slack says of a click: who, where, on which message, and what they may answer with. */
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
    // Slack still sends it; it proves nothing, so nobody may look at it.
    token: 'deprecated',
    trigger_id: name ? await slack.trigger(user) : '0.0.stranger',
    team: slack.team,
    enterprise: null,
    is_enterprise_install: false,
  }
}
