import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { DeliveryContext } from '../channel.ts'
import type { HeldLease } from '../lease.ts'
import type { mailPeople } from '../routes.ts'

/** A mail to send; one without HTML is short enough to be read as text. */
export interface OutgoingMail {
  subject: string
  text: string
  html?: string
  headers?: { name: string; value: string }[]
}

type Reader = ReturnType<typeof mailPeople>[number]

/**
 * Mails everyone who has not got this news yet. A mail that fails does not stop the others. Throws the error when one
 * failed, and an `AggregateError` when several did.
 */
export async function mailToEach(
  readers: Reader[],
  news: string,
  lease: HeldLease,
  context: DeliveryContext,
  write: (reader: Reader, first: boolean) => Promise<OutgoingMail>,
): Promise<void> {
  const failed: unknown[] = []
  for (const reader of readers) {
    const told = new Map((lease.row.told ?? []).map((one) => splitName(one)))
    if (told.get(reader.name) === news) continue
    try {
      await send(await write(reader, !told.has(reader.name)), reader.email, context)
    } catch (error) {
      failed.push(error)
      continue
    }
    told.set(reader.name, news)
    await lease.save({ told: [...told].map((pair) => pair.join(' ')) })
  }
  const [first] = failed
  if (first)
    throw failed.length === 1 ? first : new AggregateError(failed, `${failed.length} mails failed: ${first}`)
}

let ses: SESv2Client | undefined

async function send(
  { subject, text, html, headers }: OutgoingMail,
  to: string,
  { routing }: DeliveryContext,
): Promise<void> {
  ses ??= new SESv2Client({})
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' })
  // RFC 3834: it keeps out-of-office replies from answering.
  const lines = headers ?? [{ name: 'Auto-Submitted', value: 'auto-generated' }]
  await ses.send(
    new SendEmailCommand({
      FromEmailAddress: routing.mail?.sender,
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: {
          Subject: utf8(subject),
          Body: { Text: utf8(text), ...(html && { Html: utf8(html) }) },
          Headers: lines.map(({ name: Name, value: Value }) => ({ Name, Value })),
        },
      },
    }),
  )
}

const splitName = (told: string): [string, string] => {
  const [name = '', ...news] = told.split(' ')
  return [name, news.join(' ')]
}
