import { setTimeout as sleep } from 'node:timers/promises'

/** How the local Slack behaves. `every`: each n-th call is refused. `slow` is in milliseconds, `retryAfter` in seconds. */
export type SlackMode =
  | 'well'
  | 'down'
  | 'revoked'
  | 'strict'
  | { slow: number }
  | { limited: { every: number; retryAfter: number } }

/** The decision on a call before its content is read. */
export type SlackVerdict = 'pass' | 'hang up' | { status: number; error: string; retryAfter?: number }

/**
 * Calls per minute, and how many may arrive at once. Slack allows "short bursts" without a figure; the figures for bursts
 * are assumptions. Source: docs.slack.dev/apis/web-api/rate-limits (one message per second and channel, tier 3 for
 * `chat.update`, tier 4 for the others).
 */
const paces: Record<string, { minute: number; burst: number }> = {
  'chat.postMessage': { minute: 60, burst: 4 },
  'chat.update': { minute: 50, burst: 10 },
  'chat.postEphemeral': { minute: 100, burst: 20 },
  'views.open': { minute: 100, burst: 20 },
  'views.update': { minute: 100, burst: 20 },
}

/** Decides on each call by its method and channel, in the order of arrival. */
export function judgeCall(mode: SlackMode): (method: string, channel: string) => Promise<SlackVerdict> {
  let calls = 0
  const strict = limiter()
  return async (method, channel) => {
    calls++
    if (mode === 'down') return 'hang up'
    // A response_url needs no token, so it works after the token was revoked.
    if (mode === 'revoked' && method !== 'response_url') return { status: 200, error: 'token_revoked' }
    if (mode === 'strict') return limited(strict(method, channel, Date.now()))
    if (typeof mode === 'string') return 'pass'
    if ('slow' in mode) return sleep(mode.slow, 'pass')
    return limited(calls % mode.limited.every === 0 ? mode.limited.retryAfter : 0)
  }
}

/** A token bucket per method, or per channel where the limit is per channel. Returns the seconds to wait. */
export function limiter(): (method: string, channel: string, now: number) => number {
  const buckets = new Map<string, { left: number; at: number }>()
  return (method, channel, now) => {
    const pace = paces[method]
    if (!pace) return 0
    const key = method === 'chat.postMessage' ? `${method} ${channel}` : method
    const { left, at } = buckets.get(key) ?? { left: pace.burst, at: now }
    const full = Math.min(pace.burst, left + ((now - at) / 60_000) * pace.minute)
    buckets.set(key, { left: full >= 1 ? full - 1 : full, at: now })
    return full >= 1 ? 0 : Math.ceil(((1 - full) * 60) / pace.minute)
  }
}

const limited = (retryAfter: number): SlackVerdict =>
  retryAfter > 0 ? { status: 429, error: 'ratelimited', retryAfter } : 'pass'
