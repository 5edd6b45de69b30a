import { createServer, type ServerResponse } from 'node:http'
import { listen } from '../../lib/loopback.ts'
import type { ReceivedMail } from './box.ts'
import { listPage, mailPage, missingPage } from './page.ts'

export interface MailPage {
  url: string
  close(): Promise<void>
}

/** Serves the mails on a loopback port, read again at each request. Accepts GET and HEAD only. */
export async function serveMail(read: () => Promise<ReceivedMail[]>): Promise<MailPage> {
  const server = createServer(async ({ method, url = '/' }, response) => {
    try {
      if (method !== 'GET' && method !== 'HEAD') return send(response, 405, missingPage())
      const mails = await read()
      if (url === '/') return send(response, 200, listPage(mails))
      const mail = mails.find(({ id }) => url === `/mails/${encodeURIComponent(id)}`)
      return mail ? send(response, 200, mailPage(mail)) : send(response, 404, missingPage())
    } catch (error) {
      response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' })
      response.end(`The mails could not be read: ${(error as Error).message}. Is MiniStack still there?\n`)
    }
  })
  return listen(server)
}

function send(response: ServerResponse, status: number, html: string) {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    // The frame inherits this policy: nothing in a mail is fetched or run.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  response.end(html)
}
