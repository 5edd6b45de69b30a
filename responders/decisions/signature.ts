import { createHmac, timingSafeEqual } from 'node:crypto'

const freshSeconds = 300

/**
 * Whether Slack signed this body with the app's signing secret in the last five minutes. Source: Slack, "Verifying
 * requests from Slack". `body` is the raw one: parsed and written again it is another.
 */
export function isSigned(
  headers: Record<string, string | undefined>,
  body: string,
  secret: string,
  now: Date,
): boolean {
  const stamp = headers['x-slack-request-timestamp'] ?? ''
  const age = Math.abs(now.getTime() / 1000 - Number(stamp))
  if (!/^\d{1,12}$/.test(stamp) || age > freshSeconds) return false
  const wanted = Buffer.from(`v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`)
  const given = Buffer.from(headers['x-slack-signature'] ?? '')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
