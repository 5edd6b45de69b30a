import type { APIGatewayProxyEventV2 } from 'aws-lambda'

/** What an HTTP API hands a function, as far as it is looked at. Source: API Gateway, payload format version 2.0. */
export interface Request {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string | undefined>
  host: string
  /** As it was sent, byte for byte. */
  body: string
}

export function requestOf(event: APIGatewayProxyEventV2): Request {
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

export const isForm = ({ headers }: Request): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '')

/**
 * Whether a form was sent from a page of ours. A page that tells nobody where it is sends `Origin: null`, so that the
 * browser's own word comes first. Source: Fetch Metadata Request Headers; Fetch standard, "Origin header".
 */
export function isOurs({ headers, host }: Request): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined ? headers.origin === `https://${host}` : site === 'same-origin'
}
