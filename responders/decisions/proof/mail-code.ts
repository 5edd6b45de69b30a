import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { Person, Routing } from '../../routing.ts'
import type { Order } from '../order.ts'
import { makeCode } from './code.ts'
import { type CodeMailbox, readCodeReply, saveCodeReply } from './code-mailbox.ts'

let ses: SESv2Client | undefined

/** Mails a code to the address that the routing file has for a person, and stores the outcome for their review page. */
export async function mailCode(
  order: Order,
  mailbox: CodeMailbox,
  person: Person | undefined,
  { mail }: Routing,
): Promise<void> {
  // A repeated delivery: the outcome is already stored.
  if ((await readCodeReply(mailbox))?.order === order.id) return
  if (!person?.email || !mail) {
    const says = 'This stage cannot send you mail. Decide in Slack, or in the CLI with your AWS credentials.'
    await saveCodeReply(mailbox, order.id, says)
    return
  }
  const made = await makeCode(mailbox, order.id, new Date())
  if ('says' in made) return
  const says = await send(codeMail(made.code, mailbox.incident), mail.sender, person.email).then(
    () => 'A code was mailed to you. It is valid for ten minutes and for one decision.',
    (error) => {
      console.error(JSON.stringify({ level: 'ERROR', message: 'code not mailed', error: String(error) }))
      return 'The code could not be mailed. Try again in a minute, or decide in the CLI with your AWS credentials.'
    },
  )
  await saveCodeReply(mailbox, order.id, says)
}

const codeMail = (code: string, incident: string) => ({
  subject: `${code} is your Portcullis code for ${incident}`,
  body: [
    `Code     ${code}`,
    `For      one decision by you on ${incident}, within ten minutes`,
    '',
    'Enter it on the review page that you opened. Do not share it.',
    '',
    'If you did not request it, someone else has your review link. The link cannot decide anything without this',
    'code. Tell your on-call group.',
  ].join('\n'),
})

async function send(
  { subject, body }: { subject: string; body: string },
  from: string,
  to: string,
): Promise<void> {
  ses ??= new SESv2Client({})
  await ses.send(
    new SendEmailCommand({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: {
          Subject: { Data: subject },
          Body: { Text: { Data: body } },
          Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
        },
      },
    }),
  )
}
