import { createInterface } from 'node:readline'
import * as z from 'zod'
import { parseJson } from '../../../lib/parse-json.ts'

/** Requests on standard input, one JSON object per line; any other line is an event. */
const request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('trigger'), name: z.string() }),
  z.strictObject({ do: z.enum(['replay', 'plan', 'why', 'approve', 'undo', 'diff', 'open', 'quit']) }),
])

export type DevRequest = z.output<typeof request>

/** Handles the input. */
export interface DevInbox {
  request(request: DevRequest): void
  /** The text of an event, or of several. */
  event(text: string): void
  wrong(why: string): void
}

/** Reads standard input to its end. */
export async function readLines(inbox: DevInbox, signal: AbortSignal): Promise<void> {
  const lines = createInterface({ input: process.stdin, signal })
  for await (const line of lines) {
    if (line.trim() === '') continue
    const asked = requestIn(line)
    if (asked === undefined) inbox.event(line)
    else if ('wrong' in asked) inbox.wrong(asked.wrong)
    else inbox.request(asked)
  }
}

function requestIn(line: string): DevRequest | { wrong: string } | undefined {
  const value = parseJson(line)
  if (typeof value !== 'object' || value === null || !('do' in value)) return undefined
  const { data, error } = request.safeParse(value)
  return data ?? { wrong: `This is not a valid request. ${error ? z.prettifyError(error) : ''}` }
}
