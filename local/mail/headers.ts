import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { listen } from '../../lib/loopback.ts'

export interface Header {
  name: string
  value: string
}

/** A proxy in front of SES that records the headers of each mail. */
export interface HeaderKeeper {
  /** The value for `AWS_ENDPOINT_URL_SESV2`. */
  url: string
  /** The headers that the sender set, by the message id that SES answered. */
  headersOf(id: string): Header[]
  close(): Promise<void>
}

const field = z.object({ Name: z.string(), Value: z.string() })
const sent = z.object({
  Content: z.object({
    Simple: z.object({ Headers: z.array(field).optional() }).optional(),
    Raw: z.object({ Data: z.string() }).optional(),
  }),
})

/**
 * A loopback proxy between the SDK and the emulators that forwards every request unchanged and records the headers of
 * `SendEmail`, which MiniStack drops. `upstream` is called at each request, so the emulators may start later.
 */
export async function keepHeaders(upstream: () => string): Promise<HeaderKeeper> {
  const kept = new Map<string, Header[]>()
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const { method = 'GET', url = '/', headers } = request
    const { host: _, connection: __, 'content-length': ___, ...others } = headers
    const answered = await fetch(upstream() + url, {
      method,
      headers: others as Record<string, string>,
      ...(body.length > 0 && { body }),
    })
    const text = await answered.text()
    if (answered.ok && method === 'POST' && url.endsWith('/v2/email/outbound-emails')) {
      kept.set(JSON.parse(text).MessageId, headersIn(JSON.parse(body.toString())))
    }
    response.writeHead(answered.status, Object.fromEntries(forwarded(answered.headers)))
    response.end(text)
  }
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  const { url, close } = await listen(server)
  return {
    url,
    headersOf: (id) => kept.get(id) ?? [],
    close,
  }
}

/** The headers in the body of a `SendEmail`: a list beside the parts, or the head of a whole MIME message. */
export function headersIn(body: unknown): Header[] {
  const { Simple, Raw } = sent.parse(body).Content
  if (Simple) return (Simple.Headers ?? []).map(({ Name, Value }) => ({ name: Name, value: Value }))
  const [head = ''] = Buffer.from(Raw?.Data ?? '', 'base64')
    .toString()
    .split(/\r?\n\r?\n/, 1)
  // A line that begins with a space continues the line above (RFC 5322, 2.2.3).
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  return lines.flatMap((line) => {
    const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? []
    return name && value !== undefined ? [{ name, value }] : []
  })
}

/** Without the transfer headers, which do not describe a body that has been read completely. */
const forwarded = (headers: Headers) =>
  [...headers].filter(
    ([name]) => !['content-length', 'content-encoding', 'transfer-encoding', 'connection'].includes(name),
  )
