import type { KnownBlock } from '@slack/types'
import { createEmulator } from 'emulate'
import { openSlackDoor, passOn, type SlackCall } from './door.ts'
import type { SlackMode } from './mode.ts'
import type { Ephemeral } from './response-url.ts'

/** A message as its channel shows it. */
export interface StoredMessage {
  channel: string
  ts: string
  user: string
  text: string
  blocks?: KnownBlock[]
  /** For a reply: the timestamp of the message it replies to. */
  thread_ts?: string
  reply_count?: number
  edited?: { user: string; ts: string }
}

/** A modal that a user has open. */
export interface OpenView {
  id: string
  hash: string
  callback_id: string
  private_metadata: string
  title: { text: string }
  blocks: KnownBlock[]
}

/** The Slack on this machine. */
export interface LocalSlack<User extends string = string, Channel extends string = string> {
  /** The value for the SDK's `slackApiUrl`. */
  api: string
  /** URL of a page that shows channels, messages and views. */
  inspector: string
  team: { id: string; domain: string }
  app: string
  /** Ids by name. */
  users: Record<User, string>
  channels: Record<Channel, string>
  token: string
  /** Every call, in order of arrival. */
  calls: SlackCall[]
  /** The channel's messages without replies, oldest first. */
  messages(channel: string): Promise<StoredMessage[]>
  /** The replies in the thread of a message, oldest first. */
  replies(channel: string, ts: string): Promise<StoredMessage[]>
  /** The ephemeral messages, each shown to one user, oldest first. */
  ephemeral(channel: string): Ephemeral[]
  /** The modals opened so far in their latest version, oldest first. */
  views(): OpenView[]
  /** A trigger id of a click by this user, which opens one modal within three seconds. */
  trigger(user: string): Promise<string>
  /** The URL at which a click of this user in this channel may be answered. */
  responseUrl(channel: string, user: string): string
  setMode(mode: SlackMode): void
  stop(): Promise<void>
}

export interface SlackOptions<User extends string, Channel extends string> {
  /** The workspace's name. */
  team?: string
  users?: readonly User[]
  channels?: readonly Channel[]
  botToken?: string
}

const bot = {
  app_id: 'A0P0RTCULL1',
  bot_id: 'B0P0RTCULL1',
  bot_user_id: 'U0P0RTCULL1',
  bot_name: 'portcullis',
}

/**
 * Starts a Slack on two free loopback ports of this process: npm `emulate`, which stores messages and views, and in
 * front of it a server that adds what `emulate` lacks (`openSlackDoor`). Each start makes new ids of the real shape; read
 * them from `users` and `channels`. Throws when the emulator does not answer as expected.
 */
export async function startSlack<
  const User extends string = 'maria' | 'lee' | 'sam',
  const Channel extends string = 'sec-oncall' | 'sec-feed',
>(options: SlackOptions<User, Channel> = {}): Promise<LocalSlack<User, Channel>> {
  const names: readonly string[] = options.users ?? ['maria', 'lee', 'sam']
  const channels: readonly string[] = options.channels ?? ['sec-oncall', 'sec-feed']
  const token = options.botToken ?? 'xoxb-local-portcullis'
  const domain = options.team ?? 'example'
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: domain, domain },
        users: names.map((name) => ({ name, real_name: name, email: `${name}@example.com` })),
        channels: channels.map((name) => ({ name })),
        oauth_apps: [
          { ...bot, client_id: 'local', client_secret: 'local', name: 'Portcullis', redirect_uris: [] },
        ],
        tokens: [{ token, type: 'bot', user_id: bot.bot_user_id, app_id: bot.app_id, bot_id: bot.bot_id }],
      },
    },
  })
  // It listens on 127.0.0.1 only, and `localhost` may resolve to ::1.
  const inspector = emulator.url.replace('//localhost:', '//127.0.0.1:')
  const door = await openSlackDoor(inspector, token)
  const stop = async () => {
    await Promise.all([door.close(), emulator.close()])
  }
  const ask = async <Field>(method: string, field: string, body: object = {}): Promise<Field> => {
    const answer = await passOn(inspector, token, method, body)
    if (!answer.body.ok) throw new Error(`The local Slack refused ${method}: ${answer.body.error}.`)
    return answer.body[field] as Field
  }
  const idsOf = (listed: { id: string; name: string }[], wanted: readonly string[]) =>
    Object.fromEntries(listed.filter(({ name }) => wanted.includes(name)).map(({ id, name }) => [name, id]))

  try {
    const team = await ask<string>('auth.test', 'team_id')
    const users = idsOf(await ask('users.list', 'members'), names)
    const rooms = idsOf(await ask('conversations.list', 'channels'), channels)
    // A bot may post only where it is a member.
    for (const channel of Object.values(rooms)) await ask('conversations.join', 'channel', { channel })
    return {
      api: `${door.url}/api/`,
      inspector,
      team: { id: team, domain },
      app: bot.app_id,
      users: users as Record<User, string>,
      channels: rooms as Record<Channel, string>,
      token,
      calls: door.calls,
      messages: async (channel) => {
        const newestFirst = await ask<StoredMessage[]>('conversations.history', 'messages', {
          channel,
          limit: 1_000,
        })
        return newestFirst.reverse().map((message) => ({ ...message, channel }))
      },
      replies: async (channel, ts) => {
        const thread = await ask<StoredMessage[]>('conversations.replies', 'messages', { channel, ts })
        return thread.filter((reply) => reply.ts !== ts).map((reply) => ({ ...reply, channel }))
      },
      ephemeral: (channel) => door.ephemerals.filter((each) => each.channel === channel),
      views: () => [...door.views.values()] as unknown as OpenView[],
      trigger: (user) => ask('views.generateTriggerId', 'trigger_id', { user_id: user }),
      responseUrl: (channel, user) => door.responseUrl(team, channel, user),
      setMode: door.setMode,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
