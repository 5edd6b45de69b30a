import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { contentSecurityPolicy } from '../review-page/style.ts'

/** The parts of an HTTP API event that are used. Source: API Gateway, payload format version 2.0. */
export interface HttpRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string | undefined>
  host: string
  /** The raw body, byte for byte. */
  body: string
}

export function requestOf(event: APIGatewayProxyEventV2): HttpRequest {
  const { requestContext, rawPath, rawQueryString, headers, body = '', isBase64Encoded } = event
  return {
    method: requestContext.http.method,
    path: rawPath,
    query: new URLSearchParams(rawQueryString),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    host: requestContext.domainName,
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
  }
}

export const isForm = ({ headers }: HttpRequest): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '')

/**
 * Whether a form was sent from our own page. With `Referrer-Policy: no-referrer` browsers send `Origin: null`, so
 * `Sec-Fetch-Site` is checked first. Source: Fetch Metadata Request Headers; Fetch standard, "Origin header".
 */
export function isSameOrigin({ headers, host }: HttpRequest): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined ? headers.origin === `https://${host}` : site === 'same-origin'
}

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
