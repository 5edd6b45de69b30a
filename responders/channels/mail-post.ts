import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { DeliveryContext } from './channel.ts'
import type { HeldLease } from './lease.ts'
import type { mailPeople } from './route.ts'

/** A mail as it is written; one without HTML is short enough to be read as text. */
export interface Mail {
  subject: string
  text: string
  html?: string
  headers?: { name: string; value: string }[]
}

type Reader = ReturnType<typeof mailPeople>[number]

/** Writes to each who has not been told this last; who cannot be reached keeps nobody else from being told. */
export async function toEach(
  readers: Reader[],
  news: string,
  held: HeldLease,
  desk: DeliveryContext,
  write: (reader: Reader, first: boolean) => Promise<Mail>,
): Promise<void> {
  const failed: unknown[] = []
  for (const reader of readers) {
    const told = new Map((held.row.told ?? []).map((one) => split(one)))
    if (told.get(reader.name) === news) continue
    try {
      await send(await write(reader, !told.has(reader.name)), reader.email, desk)
    } catch (error) {
      failed.push(error)
      continue
    }
    told.set(reader.name, news)
    await held.save({ told: [...told].map((pair) => pair.join(' ')) })
  }
  const [first] = failed
  if (first)
    throw failed.length === 1 ? first : new AggregateError(failed, `${failed.length} mails: ${first}`)
}

let ses: SESv2Client | undefined

async function send(
  { subject, text, html, headers }: Mail,
  to: string,
  { stage }: DeliveryContext,
): Promise<void> {
  ses ??= new SESv2Client({})
  const plain = (Data: string) => ({ Data, Charset: 'UTF-8' })
  // RFC 3834: nobody's absence answers it.
  const lines = headers ?? [{ name: 'Auto-Submitted', value: 'auto-generated' }]
  await ses.send(
    new SendEmailCommand({
      FromEmailAddress: stage.mail?.sender,
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: {
          Subject: plain(subject),
          Body: { Text: plain(text), ...(html && { Html: plain(html) }) },
          Headers: lines.map(({ name: Name, value: Value }) => ({ Name, Value })),
        },
      },
    }),
  )
}

const split = (told: string): [string, string] => {
  const [name = '', ...news] = told.split(' ')
  return [name, news.join(' ')]
}
