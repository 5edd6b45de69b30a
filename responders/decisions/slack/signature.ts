import { createHmac, timingSafeEqual } from 'node:crypto'

const maxAgeSeconds = 300

/**
 * Whether Slack signed this body with the app's signing secret within the last five minutes. `body` must be the raw
 * body: the signature does not survive parsing and serialising. Source: Slack, "Verifying requests from Slack".
 */
export function isSigned(
  headers: Record<string, string | undefined>,
  body: string,
  secret: string,
  now: Date,
): boolean {
  const timestamp = headers['x-slack-request-timestamp'] ?? ''
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp))
  if (!/^\d{1,12}$/.test(timestamp) || age > maxAgeSeconds) return false
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  const expected = Buffer.from(`v0=${mac}`)
  const given = Buffer.from(headers['x-slack-signature'] ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
