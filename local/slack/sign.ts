import { createHmac } from 'node:crypto'

/**
 * What an attacker may try: another `secret`; another `body` than the one signed; the signed body in `base64`, which
 * only the function URL may say it did; no signature at all.
 */
export type Forgery = 'secret' | 'body' | 'base64' | 'unsigned'

export interface Form {
  headers: Record<string, string>
  body: string
}

/**
 * A request as Slack sends it to an app: a form with one field `payload`, its time, and
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

/** What became of a request, and how long its sender waited. Slack gives up after 3,000 milliseconds. */
export interface SignedRequest {
  status: number
  milliseconds: number
  body: string
}

/** Posts a form. Throws when nobody answers within ten seconds. */
export async function post(url: string, { headers, body }: Form): Promise<SignedRequest> {
  const start = performance.now()
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) })
  const text = await response.text()
  return { status: response.status, milliseconds: Math.round(performance.now() - start), body: text }
}
