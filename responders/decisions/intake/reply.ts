import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { contentSecurityPolicy } from '../review-page/style.ts'

export type HttpReply = APIGatewayProxyStructuredResultV2

/** No reply is cached, sniffed or framed, and no link on it reveals its address. */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export const htmlReply = (statusCode: number, body: string): HttpReply => ({
  statusCode,
  headers: { ...securityHeaders, 'content-type': 'text/html; charset=utf-8' },
  body,
})

/** A reply without a body; on an empty 200 Slack closes a form. */
export const emptyReply = (statusCode: number, headers: Record<string, string> = {}): HttpReply => ({
  statusCode,
  headers: { ...securityHeaders, ...headers },
  body: '',
})
