import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { contentSecurityPolicy } from './style.ts'

export type Reply = APIGatewayProxyStructuredResultV2

/** Nothing of an answer is kept, guessed at, framed, or told to another site. */
const guarded = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export const page = (statusCode: number, body: string): Reply => ({
  statusCode,
  headers: { ...guarded, 'content-type': 'text/html; charset=utf-8' },
  body,
})

/** An answer without words; Slack closes a form on an empty 200. */
export const empty = (statusCode: number, headers: Record<string, string> = {}): Reply => ({
  statusCode,
  headers: { ...guarded, ...headers },
  body: '',
})
