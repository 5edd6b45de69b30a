import { createInterface } from 'node:readline'
import * as z from 'zod'
import { parseJson } from '../../lib/parse-json.ts'

/** What may be asked for on standard input, one JSON object a line; any other line is an event. */
const wish = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('trigger'), name: z.string() }),
  z.strictObject({ do: z.enum(['replay', 'plan', 'why', 'approve', 'undo', 'diff', 'open', 'quit']) }),
])

export type DevWish = z.output<typeof wish>

/** What is done with what comes in. */
export interface DevInbox {
  wish(wish: DevWish): void
  /** The text of an event, or of several. */
  event(text: string): void
  wrong(why: string): void
}

/** Reads standard input to its end. */
export async function readLines(inbox: DevInbox, signal: AbortSignal): Promise<void> {
  const lines = createInterface({ input: process.stdin, signal })
  for await (const line of lines) {
    if (line.trim() === '') continue
    const asked = wishIn(line)
    if (asked === undefined) inbox.event(line)
    else if ('wrong' in asked) inbox.wrong(asked.wrong)
    else inbox.wish(asked)
  }
}

function wishIn(line: string): DevWish | { wrong: string } | undefined {
  const value = parseJson(line)
  if (typeof value !== 'object' || value === null || !('do' in value)) return undefined
  const { data, error } = wish.safeParse(value)
  return data ?? { wrong: `That cannot be asked for. ${error ? z.prettifyError(error) : ''}` }
}
