import { createHmac } from 'node:crypto'

/**
 * What an attacker may try: a wrong `secret`; a `body` other than the signed one; the signed body in `base64`, which
 * only the function URL may mark as such; no signature at all.
 */
export type Forgery = 'secret' | 'body' | 'base64' | 'unsigned'

export interface Form {
  headers: Record<string, string>
  body: string
}

/**
 * A request as Slack sends it to an app: a form with one field `payload`, a timestamp, and the signature
 * `v0=HMAC-SHA256("v0:<time>:<body>")` (docs.slack.dev/authentication/verifying-requests-from-slack).
 */
export function signedForm(payload: object, secret: string, at = new Date(), forge?: Forgery): Form {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const time = String(Math.floor(at.getTime() / 1000))
  const key = forge === 'secret' ? `${secret}?` : secret
  const signature = `v0=${createHmac('sha256', key).update(`v0:${time}:${body}`).digest('hex')}`
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': time,
      ...(forge !== 'unsigned' && { 'x-slack-signature': signature }),
    },
    body: forge === 'body' ? `${body}+` : forge === 'base64' ? Buffer.from(body).toString('base64') : body,
  }
}

/** The answer to a request, and how long it took. Slack gives up after 3,000 milliseconds. */
export interface SignedRequest {
  status: number
  milliseconds: number
  body: string
}

/** Posts a form. Throws when no answer arrives within a minute. */
export async function post(url: string, { headers, body }: Form): Promise<SignedRequest> {
  const start = performance.now()
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(60_000) })
  const text = await response.text()
  return { status: response.status, milliseconds: Math.round(performance.now() - start), body: text }
}
