import { randomBytes } from 'node:crypto'

/** A reply that only one person sees. */
export interface Ephemeral {
  channel: string
  user: string
  text: string
  blocks?: unknown[]
  at: string
  by: 'chat.postEphemeral' | 'response_url'
}

const uses = 5
const lifetime = 30 * 60_000

/** The addresses at which a click may be answered: five times, for 30 minutes (docs.slack.dev, message_responses). */
export function responseUrls() {
  const issued = new Map<string, { channel: string; user: string; left: number; until: number }>()
  return {
    /** A new path for a click of this user in this channel. */
    issue(team: string, channel: string, user: string): string {
      const path = `/actions/${team}/${Date.now()}/${randomBytes(12).toString('base64url')}`
      issued.set(path, { channel, user, left: uses, until: Date.now() + lifetime })
      return path
    },
    /** Whose it is; or why it is of no use. */
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
