import type { IncomingMessage } from 'node:http'
import { parseJson } from '../../lib/parse-json.ts'
import { isObject } from './shape.ts'

/** These travel as JSON inside a form. */
const structured = ['blocks', 'view', 'attachments', 'metadata']

/** What a call says, whether it came as JSON or, as the SDK sends it, as a form. What cannot be read stays text. */
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
