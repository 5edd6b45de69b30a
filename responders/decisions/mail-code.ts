import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { Person, Routing } from '../routing.ts'
import { type CodeMailbox, makeCode, readCode, say } from './code.ts'
import type { Order } from './order.ts'

let ses: SESv2Client | undefined

/** Mails a code to the address that the stage knows of a person, and keeps in words what became of that. */
export async function mailCode(
  order: Order,
  box: CodeMailbox,
  person: Person | undefined,
  { mail }: Routing,
): Promise<void> {
  // Delivered again: it was mailed, or it was said why not.
  if ((await readCode(box))?.order === order.id) return
  if (!person?.email || !mail) {
    await say(box, order.id, 'This stage sends no mail to you: decide in Slack or with your AWS credentials.')
    return
  }
  const made = await makeCode(box, order.id, new Date())
  if ('says' in made) return
  const sent = await send(textOf(made.code, box.incident), mail.sender, person.email).then(
    () => 'A code was mailed to you. It is good for ten minutes and one decision.',
    (error) => {
      console.error(JSON.stringify({ level: 'ERROR', message: 'code not mailed', error: String(error) }))
      return 'The code could not be mailed: try again in a minute, or decide with your AWS credentials.'
    },
  )
  await say(box, order.id, sent)
}

const textOf = (code: string, incident: string) => ({
  subject: `${code} is your code for ${incident}`,
  body: [
    `Code     ${code}`,
    `For      a decision on ${incident}, by you, within ten minutes`,
    '',
    'Enter it on the page that you opened. Nobody else needs it: if you did not ask for it, somebody holds your link;',
    'it decides nothing without this code. Tell your on-call group.',
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
