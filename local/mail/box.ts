import { z } from 'zod'
import type { Header } from './headers.ts'

/** A mail as its recipient gets it. */
export interface ReceivedMail {
  /** The message id that SES answered. */
  id: string
  from: string
  to: string[]
  subject: string
  text: string
  html: string
  headers: Header[]
  /** ISO time at which it was sent. */
  at: string
}

// ministack/app.py, _handle_ses_messages_request: by account, without the mails' own headers.
const answer = z.object({
  messages: z.record(
    z.string(),
    z.array(
      z.object({
        MessageId: z.string(),
        Source: z.string(),
        To: z.array(z.string()),
        Subject: z.string().nullable(),
        BodyText: z.string().nullable(),
        BodyHtml: z.string().nullable(),
        /** Seconds. */
        Timestamp: z.number(),
      }),
    ),
  ),
})

/**
 * The mails sent through SES so far, oldest first. `ministack` is the emulator's own address (`emulators.ministack`),
 * because the router accepts signed requests only. MiniStack keeps no headers; `headersOf` (headers.ts) does. Throws
 * when MiniStack does not answer as expected.
 */
export async function readBox(
  ministack: string,
  headersOf: (id: string) => Header[] = () => [],
): Promise<ReceivedMail[]> {
  const response = await fetch(`${ministack}/_ministack/ses/messages`)
  const { messages } = answer.parse(await response.json())
  return Object.values(messages)
    .flat()
    .sort((one, other) => one.Timestamp - other.Timestamp)
    .map(({ MessageId, Source, To, Subject, BodyText, BodyHtml, Timestamp }) => ({
      id: MessageId,
      from: Source,
      to: To,
      subject: Subject ?? '',
      text: BodyText ?? '',
      html: BodyHtml ?? '',
      headers: headersOf(MessageId),
      at: new Date(Timestamp * 1000).toISOString(),
    }))
}
