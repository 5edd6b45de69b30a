import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { html } from 'hono/html'
import type { ReceivedMail } from './mail/box.ts'
import type { Responders } from './responders.ts'
import { slackPage } from './slack/page.ts'
import type { StoredMessage } from './slack/start.ts'

const folder = join(import.meta.dirname, '..', '.local')

/** The messages that were sent, saved before the local AWS is stopped. */
export interface MessageReport {
  /** Path of the HTML file. */
  page: string
  slack: number
  mails: number
}

/** Writes everything that was sent to Slack and by mail so far to one self-contained HTML file. */
export async function writeMessageReport({ slack, mails }: Responders): Promise<MessageReport> {
  const rooms = await Promise.all(
    Object.entries(slack.channels).map(async ([name, id]) => {
      const messages = await slack.messages(id)
      const threads = await Promise.all(
        messages.map(async (message) => ({ message, replies: await slack.replies(id, message.ts) })),
      )
      return { name, threads }
    }),
  )
  const sent = await mails()
  const page = join(folder, 'messages.html')
  await mkdir(folder, { recursive: true })
  await writeFile(page, String(pageOf(rooms, sent)))
  const count = rooms.reduce((sum, { threads }) => sum + threads.length, 0)
  return { page, slack: count, mails: sent.length }
}

type Thread = { message: StoredMessage; replies: StoredMessage[] }

// Each in its own frame without scripts and network access, because its content comes from events.
const framed = (content: string, title: string) =>
  html`<iframe sandbox srcdoc="${content}" title="${title}" loading="lazy"></iframe>`

const drawn = ({ message, replies }: Thread) =>
  html`<section>${message.blocks ? framed(slackPage({ text: message.text, blocks: message.blocks }), message.text) : html`<p>${message.text}</p>`}
${replies.length > 0 ? html`<ol>${replies.map(({ text }) => html`<li>${text}</li>`)}</ol>` : ''}</section>`

const pageOf = (rooms: { name: string; threads: Thread[] }[], mails: ReceivedMail[]) => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Messages sent</title>
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:760px;margin:2rem auto;padding:0 1rem}
iframe{width:100%;height:34rem;border:1px solid #ccc;border-radius:6px;resize:vertical}
section{margin:0 0 2rem}summary{cursor:pointer;font-weight:600}
</style></head><body>
<h1>Messages sent</h1>
${rooms.map(({ name, threads }) => html`<h2>Slack, #${name}: ${threads.length}</h2>${threads.map(drawn)}`)}
<h2>Mail: ${mails.length}</h2>
${mails.map((mail) => html`<details><summary>${mail.subject} (to ${mail.to.join(', ')})</summary>${framed(mail.html || `<pre>${html`${mail.text}`}</pre>`, mail.subject)}</details>`)}
</body></html>`
