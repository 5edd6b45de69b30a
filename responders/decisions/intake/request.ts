import type { APIGatewayProxyEventV2 } from 'aws-lambda'

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
