import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Emulators, startEmulators } from '../../local/emulators.ts'
import { type ReceivedMail, readBox } from '../../local/mail/box.ts'
import { type HeaderKeeper, keepHeaders } from '../../local/mail/headers.ts'
import { type MailPage, serveMail } from '../../local/mail/serve.ts'
import { verifyDomain } from '../../local/mail/verify.ts'

const sender = 'portcullis@example.com'
const hostile = '</title><script>alert("x")</script>'
const html = `<p>Approval needed</p><a href="https://portcullis.example/i/inc-7f3a">Review</a><script>1</script>"'`
let emulators: Emulators<'ministack'>
let keeper: HeaderKeeper
let page: MailPage
let empty: string
let mails: ReceivedMail[]
beforeAll(async () => {
  emulators = await startEmulators({ only: 'ministack' })
  keeper = await keepHeaders(() => emulators.url)
  const read = () => readBox(emulators.ministack, keeper.headersOf)
  page = await serveMail(read)
  empty = await (await fetch(page.url)).text()
  await verifyDomain('example.com', sesAt(keeper.url))
  await send(keeper.url, {
    Simple: {
      Subject: { Data: hostile },
      Body: { Text: { Data: `plain & ${hostile}` }, Html: { Data: html } },
      Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
    },
  })
  await send(keeper.url, { Raw: { Data: Buffer.from(raw) } })
  await send(emulators.url, {
    Simple: { Subject: { Data: 'past the keeper' }, Body: { Text: { Data: 'x' } } },
  })
  mails = await read()
})
afterAll(async () => {
  await Promise.all([page.close(), keeper.close(), emulators.stop()])
})

const raw = [
  'From: portcullis@example.com',
  'To: maria@example.com',
  'Subject: [High] Approve by 14:17 UTC',
  'References: <inc-7f3a1b2c@example.com>',
  ' <inc-7e100000@example.com>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=part',
  '',
  '--part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nNOTHING HAS BEEN CHANGED YET.',
  '--part\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Nothing has been changed yet.</p>',
  '--part--',
].join('\r\n')

const sesAt = (endpoint: string) =>
  new SESv2Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })

function send(endpoint: string, Content: SendEmailCommandInput['Content'], FromEmailAddress = sender) {
  const Destination = { ToAddresses: ['maria@example.com'] }
  return sesAt(endpoint).send(new SendEmailCommand({ FromEmailAddress, Destination, Content }))
}

it('holds mails sent in parts, oldest first', () => {
  expect(mails).toHaveLength(3)
  expect(mails[0]).toEqual({
    id: expect.stringMatching('@'),
    from: sender,
    to: ['maria@example.com'],
    subject: hostile,
    text: `plain & ${hostile}`,
    html,
    headers: [{ name: 'Auto-Submitted', value: 'auto-generated' }],
    at: expect.stringMatching(/^\d{4}-.*Z$/),
  })
})

it('holds mails sent as whole MIME messages, with their folded headers', () => {
  expect(mails[1]).toMatchObject({
    subject: '[High] Approve by 14:17 UTC',
    text: expect.stringContaining('NOTHING HAS BEEN CHANGED YET.'),
    html: expect.stringContaining('<p>Nothing has been changed yet.</p>'),
    headers: expect.arrayContaining([
      { name: 'References', value: '<inc-7f3a1b2c@example.com> <inc-7e100000@example.com>' },
    ]),
  })
})

it('has no headers of a mail that did not pass the proxy', () => {
  expect(mails[2]).toMatchObject({ subject: 'past the keeper', headers: [] })
})

it('accepts no mail from an unverified domain', async () => {
  const content = { Simple: { Subject: { Data: 'x' }, Body: {} } }
  await expect(send(keeper.url, content, 'portcullis@other.example')).rejects.toThrow('not verified')
})

it('reports that nothing was sent', () => {
  expect(empty).toContain('Nothing was sent yet.')
})

it('is shown newest first, and no markup of a mail becomes part of the page', async () => {
  const response = await fetch(page.url)
  const list = await response.text()
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(list).not.toContain('<script')
  expect(list.indexOf('past the keeper')).toBeLessThan(list.indexOf('&lt;script&gt;'))
})

it('shows one mail with its HTML in a sandboxed frame and its text beside it', async () => {
  const shown = await (await fetch(`${page.url}/mails/${encodeURIComponent(mails[0]?.id ?? '')}`)).text()
  expect(shown).not.toContain('<script')
  expect(shown).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="&lt;base')
  expect(shown).toContain('<pre>plain &amp; &lt;/title&gt;')
  expect(shown).toContain('Auto-Submitted')
})

it('refuses every change and every unknown mail', async () => {
  expect((await fetch(`${page.url}/mails/none`)).status).toBe(404)
  expect((await fetch(page.url, { method: 'POST' })).status).toBe(405)
})
