import { setTimeout as sleep } from 'node:timers/promises'
import {
  LogLevel,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api'
import { RetryLater } from './retry-later.ts'
import { forgetParameters, type KnownParameters, readParameters } from './secrets.ts'

/** A token that Slack says these of has been taken back, or changed. Source: Slack, chat.postMessage, "Errors". */
const spent = new Set(['token_revoked', 'token_expired', 'invalid_auth', 'account_inactive', 'not_authed'])

const options: WebClientOptions = {
  timeout: 5_000,
  retryConfig: { retries: 1, minTimeout: 300 },
  // How long to wait is decided here: a function that waits is paid for, and is ended when it waits too long.
  rejectRateLimitedCalls: true,
  logLevel: LogLevel.ERROR,
}

let made: { token: string; api: string | undefined; client: WebClient } | undefined

/** Who calls. */
export interface SlackCaller {
  prefix: string
  /** When it is too late to wait (milliseconds since 1970). */
  until: number
}

/** The call before: one at a time, so that all wait when Slack asks one to. */
let before: Promise<unknown> = Promise.resolve()

/**
 * Calls Slack with the bot's token. Where Slack asks to wait, waits if there is time, and throws `Later` if not;
 * where the token does not hold, tries once with the one that is there now.
 */
export function callSlack<T>(send: (client: WebClient) => Promise<T>, caller: SlackCaller): Promise<T> {
  const turn = before.then(() => callNow(send, caller))
  before = turn.catch(() => undefined)
  return turn
}

async function callNow<T>(
  send: (client: WebClient) => Promise<T>,
  { prefix, until }: SlackCaller,
): Promise<T> {
  if (Date.now() > until) throw new RetryLater('too many messages at once', 5)
  for (let renewed = false; ; ) {
    try {
      return await send(clientOf(await readParameters(prefix), prefix))
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) {
        const milliseconds = error.retryAfter * 1000
        if (Date.now() + milliseconds > until)
          throw new RetryLater(`Slack asks to wait ${error.retryAfter} s`, error.retryAfter, { cause: error })
        await sleep(milliseconds)
      } else if (spent.has(codeOf(error) ?? '') && !renewed) {
        renewed = true
        forgetParameters()
      } else throw error
    }
  }
}

/** Slack's own word for what is wrong, where it answered. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined

function clientOf({ stage, token }: KnownParameters, prefix: string): WebClient {
  if (!token) {
    const fix = `Put the bot's token there: aws ssm put-parameter --type SecureString --name /${prefix}/slack-token --value …`
    throw new Error(`There is no parameter /${prefix}/slack-token. ${fix}`)
  }
  const api = stage.slack?.api
  if (made?.token !== token || made.api !== api)
    made = { token, api, client: new WebClient(token, { ...options, ...(api && { slackApiUrl: api }) }) }
  return made.client
}
