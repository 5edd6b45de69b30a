import type { Channel } from './channel.ts'
import { mailChannel } from './mail/mail.ts'
import { slackChannel } from './slack/slack.ts'
import { snsChannel } from './sns.ts'

/**
 * Every channel. A new one is a file here that exports a `Channel`, and one line in this list; delivery, retries, the
 * record of what was delivered and the notice about a failing channel follow from it. A channel must provide:
 *
 * - `name` and `title`, and `isUsed`: whether the routing file has it under `channels`. `channelTakes` says which
 *   severities it gets, and `channelSecret` reads its token or the URL of its webhook.
 * - `incident` and `notice`, which may be called again at any time, also after a crash. They keep what was sent in
 *   `lease.row.told` (or in fields of their own) with `lease.save`, right after each send.
 * - text that went through ../messages: never a text of an event itself.
 */
export const channels: readonly Channel[] = [slackChannel, mailChannel, snsChannel]

export const channelNames: readonly string[] = channels.map(({ name }) => name)

/** Throws when there is no channel of this name. */
export function channelNamed(name: string): Channel {
  const channel = channels.find((one) => one.name === name)
  if (!channel) throw new Error(`There is no channel "${name}". Add it to responders/channels/registry.ts.`)
  return channel
}
