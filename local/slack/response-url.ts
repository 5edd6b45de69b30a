import { randomBytes } from 'node:crypto'

/** A reply that only one user sees. */
export interface Ephemeral {
  channel: string
  user: string
  text: string
  blocks?: unknown[]
  at: string
  by: 'chat.postEphemeral' | 'response_url'
}

const maxUses = 5
const lifetimeMs = 30 * 60_000

/** The URLs at which a click may be answered, five times within 30 minutes. Source: docs.slack.dev, message_responses. */
export function responseUrls() {
  const issued = new Map<string, { channel: string; user: string; left: number; until: number }>()
  return {
    /** A new path for a click of this user in this channel. */
    issue(team: string, channel: string, user: string): string {
      const path = `/actions/${team}/${Date.now()}/${randomBytes(12).toString('base64url')}`
      issued.set(path, { channel, user, left: maxUses, until: Date.now() + lifetimeMs })
      return path
    },
    /** Counts a use: the channel and user it belongs to, or the error where it is not valid. */
    use(path: string): { channel: string; user: string } | { error: string } {
      const found = issued.get(path)
      if (!found) return { error: 'no_service' }
      if (Date.now() > found.until) return { error: 'expired_url' }
      if (found.left === 0) return { error: 'used_url' }
      found.left--
      return { channel: found.channel, user: found.user }
    },
  }
}
