import { setTimeout as sleep } from 'node:timers/promises'
import {
  LogLevel,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api'
import { RetryLater } from '../retry-later.ts'
import { forgetParameters, type KnownParameters, readParameters } from '../secrets.ts'

/** Slack's errors for a token that was revoked or rotated. Source: Slack, chat.postMessage, "Errors". */
const invalidToken = new Set([
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'account_inactive',
  'not_authed',
])

const options: WebClientOptions = {
  timeout: 5_000,
  retryConfig: { retries: 1, minTimeout: 300 },
  // Rate limits are handled below: waiting costs Lambda time, and Lambda ends a function that waits too long.
  rejectRateLimitedCalls: true,
  logLevel: LogLevel.ERROR,
}

let made: { token: string; api: string | undefined; client: WebClient } | undefined

/** The caller of Slack. */
export interface SlackCaller {
  prefix: string
  /** When to stop waiting (milliseconds since 1970). */
  until: number
}

/** The previous call. Calls run one at a time, so that all of them wait when Slack rate-limits one. */
let previousCall: Promise<unknown> = Promise.resolve()

/**
 * Calls Slack with the bot's token. When Slack rate-limits the call, waits if there is time and throws `RetryLater`
 * otherwise. When Slack refuses the token, reads it again and tries once more.
 */
export function callSlack<T>(send: (client: WebClient) => Promise<T>, caller: SlackCaller): Promise<T> {
  const turn = previousCall.then(() => callNow(send, caller))
  previousCall = turn.catch(() => undefined)
  return turn
}

async function callNow<T>(
  send: (client: WebClient) => Promise<T>,
  { prefix, until }: SlackCaller,
): Promise<T> {
  if (Date.now() > until) throw new RetryLater('too many Slack messages at once', 5)
  for (let renewed = false; ; ) {
    try {
      return await send(clientOf(await readParameters(prefix), prefix))
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) {
        const milliseconds = error.retryAfter * 1000
        if (Date.now() + milliseconds > until)
          throw new RetryLater(`Slack rate-limits the app: wait ${error.retryAfter} s`, error.retryAfter, {
            cause: error,
          })
        await sleep(milliseconds)
      } else if (invalidToken.has(slackErrorCode(error) ?? '') && !renewed) {
        renewed = true
        forgetParameters()
      } else throw error
    }
  }
}

/** Slack's error code, if Slack answered. */
export const slackErrorCode = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined

function clientOf({ routing, token }: KnownParameters, prefix: string): WebClient {
  if (!token) {
    const fix = `Store the bot's token: aws ssm put-parameter --type SecureString --name /${prefix}/slack-token --value …`
    throw new Error(`The parameter /${prefix}/slack-token is missing. ${fix}`)
  }
  const api = routing.slack?.api
  if (made?.token !== token || made.api !== api)
    made = { token, api, client: new WebClient(token, { ...options, ...(api && { slackApiUrl: api }) }) }
  return made.client
}
