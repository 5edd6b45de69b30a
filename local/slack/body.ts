import type { IncomingMessage } from 'node:http'
import { parseJson } from '../../lib/parse-json.ts'
import { isObject } from './shape.ts'

/** Form fields whose value is JSON. */
const structured = ['blocks', 'view', 'attachments', 'metadata']

/** The fields of a call that came as JSON or, as the SDK sends it, as a form. A field that is not valid JSON stays text. */
export async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  if (request.headers['content-type']?.startsWith('application/json')) {
    const body = parseJson(text)
    return isObject(body) ? body : {}
  }
  const fields = [...new URL(request.url ?? '/', 'http://slack').searchParams, ...new URLSearchParams(text)]
  return Object.fromEntries(
    fields.map(([key, value]) => [key, structured.includes(key) ? (parseJson(value) ?? value) : value]),
  )
}
