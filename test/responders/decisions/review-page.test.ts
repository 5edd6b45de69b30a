import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { table } from '../../../lib/dynamodb/table.ts'
import { contentSecurityPolicy, reviewStyle } from '../../../responders/decisions/review-page/style.ts'
import { hostileText } from '../../../responders/messages/samples/with-hostile-text.ts'
import { makeReviewLink } from '../../../responders/review-link.ts'
import { prefix } from '../../cloud.ts'
import { later } from '../../laws/steps.ts'
import { ask, host, sendForm, startSite } from './site.ts'

const site = await startSite()
afterAll(() => site.stop())
afterEach(() => vi.unstubAllEnvs())

type Happened = Awaited<ReturnType<typeof site.happens>>

async function tokenFor({ id }: { id: string }, person = 'maria'): Promise<string> {
  const key = process.env.PORTCULLIS_LINK_KEY ?? ''
  const link = await makeReviewLink({ incident: id, person, base: `https://${host}`, key })
  return new URL(link).searchParams.get('t') ?? ''
}

const pageOf = async ({ id }: { id: string }, token: string, more = '') =>
  ask('GET', `/i/${id}?t=${token}${more}`)

/** The hidden fields of the page's form. */
const fieldsOf = (body = ''): Record<string, string> =>
  Object.fromEntries(
    Array.from(body.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g), ([, name, value]) => [
      name,
      value,
    ]),
  )

/** The page that a person reads, and what its form sends. */
async function reads(it: Happened, person = 'maria') {
  const token = await tokenFor(it, person)
  const page = await pageOf(it, token)
  const fields = fieldsOf(page.body)
  return {
    token,
    page,
    fields,
    send: (more: Record<string, string>, headers = {}) =>
      sendForm(`/i/${it.id}`, { ...fields, ...more }, headers),
    follow: async (location = '') => (await ask('GET', `/i/${it.id}${location}`)).body ?? '',
    async code() {
      await this.send({ verb: 'code' })
      await site.deliver()
      return /Code +(\d{8})/.exec((await site.mails()).at(-1)?.body ?? '')?.[1] ?? ''
    },
    async decides(more: Record<string, string>) {
      const reply = await this.send(more)
      expect(reply.statusCode, reply.body).toBe(303)
      await site.deliver()
      return this.follow(String(reply.headers?.location))
    },
  }
}

const stands = async ({ id }: Happened) => (await site.incident(id))?.containments[0]?.status

describe('the page of an incident', () => {
  beforeEach(() => site.reset())

  test('changes nothing when GET and HEAD fetch it a hundred times each', async () => {
    const it = await site.happens()
    const token = await tokenFor(it)
    const before = await site.scan()
    const { calls } = await site.cloud.tap.during(async () => {
      for (let time = 0; time < 100; time++)
        for (const method of ['GET', 'HEAD']) {
          const reply = await ask(method, `/i/${it.id}?t=${token}`, {
            headers: { 'user-agent': 'LinkScanner/1.0' },
          })
          expect(reply.statusCode).toBe(200)
        }
    })
    expect(await site.scan()).toEqual(before)
    expect(
      calls
        .filter(({ write }) => write)
        .map(({ action }) => action)
        .filter((one) => one !== 'kms:VerifyMac'),
    ).toEqual([])
    expect(await site.queued()).toEqual([])
    expect((await pageOf(it, token)).statusCode).toBe(200)
  })

  test('shows the incident, the plan, who can decide and the form; HEAD has no body', async () => {
    const it = await site.happens()
    const { page, token } = await reads(it)
    for (const part of [
      it.id,
      it.plan.slice(0, 7),
      '@sec-oncall (maria, lee)',
      'portcullis approve',
      'rag-indexer',
    ])
      expect(page.body).toContain(part)
    expect(page.body).toMatch(/<input type="radio" name="verb" value="approve"/)
    const head = await ask('HEAD', `/i/${it.id}?t=${token}`)
    expect(head).toEqual({ ...page, body: '' })
  })

  test('allows no script, caching, framing or referrer', async () => {
    const it = await site.happens()
    const { page } = await reads(it)
    expect(page.headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': contentSecurityPolicy,
    })
    expect(contentSecurityPolicy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    )
    expect(page.body).toContain(`<style>${reviewStyle}</style>`)
    expect(page.body).not.toMatch(/<script|<img|<link|<iframe| style=| on\w+=|https?:\/\//)
  })

  test('shows text from events as text', async () => {
    const it = await site.happens()
    const record = (await site.incident(it.id))?.containments[0] as object
    // DynamoDB refuses a lone surrogate.
    const hostile = hostileText.toWellFormed()
    const replaced = {
      because: hostile,
      subject: hostile,
      target: { account: '123456789012', region: 'us-east-1', roleName: hostile },
    }
    await table().send(new PutCommand({ TableName: prefix, Item: { ...record, ...replaced } }))
    const { page } = await reads(it)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('&lt;script&gt;')
    expect(page.body).not.toMatch(/<script|<img|<a |javascript:alert\(1\)"|\p{Cf}/u)
  })

  test('is not shown without a valid link', async () => {
    const it = await site.happens()
    const token = await tokenFor(it)
    const other = await tokenFor({ id: 'inc-00000000' })
    const replies = [
      await ask('GET', `/i/${it.id}`),
      await pageOf(it, `${token}x`),
      await pageOf(it, other),
      await later(8 * 86_400_000, () => pageOf(it, token)),
    ]
    for (const { statusCode, body } of replies) {
      expect(statusCode).toBe(403)
      expect(body).toMatch(/Open the newest mail/)
      expect(body).not.toContain('rag-indexer')
    }
    expect((await pageOf({ id: 'inc-00000000' }, other)).statusCode).toBe(404)
    expect((await ask('DELETE', `/i/${it.id}?t=${token}`)).statusCode).toBe(404)
  })

  test('has no form for a critical incident or for a person who may only read', async () => {
    const critical = await site.happens('approve', { severity: 'critical' })
    const { page } = await reads(critical)
    expect(page.body).not.toMatch(/<form/)
    expect(page.body).toMatch(/Critical incidents need AWS credentials/)
    await site.reset()
    const { page: readers } = await reads(await site.happens(), 'sam')
    expect(readers.body).not.toMatch(/<form/)
    expect(readers.body).toMatch(/You can read this incident\. Only @sec-oncall/)
  })

  test('accepts a form only from itself and only for what it showed', async () => {
    const it = await site.happens()
    const { send, fields, token } = await reads(it)
    const lee = await reads(it, 'lee')
    const replies = {
      'cross-site': await send({ verb: 'code' }, { 'sec-fetch-site': 'cross-site' }),
      'same site': await send({ verb: 'code' }, { 'sec-fetch-site': 'same-site' }),
      'of another origin': await send(
        { verb: 'code' },
        { 'sec-fetch-site': undefined, origin: 'https://evil.test' },
      ),
      'of no origin': await send({ verb: 'code' }, { 'sec-fetch-site': undefined, origin: 'null' }),
      JSON: await ask('POST', `/i/${it.id}`, {
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify({ ...fields, verb: 'code' }),
      }),
      'of another plan': await send({ verb: 'code', plan: 'f'.repeat(64) }),
      'of another containment': await send({ verb: 'code', containment: 'c-0000000000000000' }),
      "with another's link": await send({ verb: 'code', t: lee.token }),
      'with its link in the address only': await sendForm(`/i/${it.id}?t=${token}`, {
        ...fields,
        t: '',
        verb: 'code',
      }),
    }
    for (const [name, { statusCode }] of Object.entries(replies)) expect(statusCode, name).toBe(403)
    expect((await send({ verb: 'approve', code: '' })).statusCode).toBe(400)
    expect((await send({ verb: 'pause', code: '12345678' })).statusCode).toBe(400)
    expect(await site.queued()).toEqual([])
    expect(
      (await send({ verb: 'code' }, { 'sec-fetch-site': undefined, origin: `https://${host}` })).statusCode,
    ).toBe(303)
  })
})

describe('a decision on the page', () => {
  beforeEach(() => site.reset())

  test('is made with the mailed code, and the page shows the outcome', async () => {
    const it = await site.happens()
    const reader = await reads(it)
    const code = await reader.code()
    expect((await site.mails()).at(-1)?.destinations.ToAddresses).toEqual(['maria@example.com'])
    expect(JSON.stringify(await site.scan())).not.toContain(code)
    const reply = await reader.send({ verb: 'approve', code })
    expect(reply).toMatchObject({ statusCode: 303, body: '' })
    const location = String(reply.headers?.location)
    expect(await reader.follow(location)).toMatch(/<meta http-equiv="refresh" content="2">/)
    expect(await later(61_000, () => reader.follow(location))).not.toMatch(/http-equiv="refresh"/)
    await site.deliver()
    const after = await reader.follow(location)
    expect(after).toMatch(/<p role="status">Approved and contained\.<\/p>/)
    expect(after).not.toMatch(/http-equiv="refresh"/)
    expect(await stands(it)).toBe('contained')
    expect((await site.incident(it.id))?.decisions).toMatchObject([
      { outcome: 'done', by: { who: 'maria', how: 'mail', from: 'maria@example.com' } },
    ])
  })

  test('is refused with a wrong code, and after five wrong codes also with the right one', async () => {
    const it = await site.happens()
    const reader = await reads(it)
    const code = await reader.code()
    const wrong = code === '00000000' ? '00000001' : '00000000'
    const said: string[] = []
    for (let time = 0; time < 5; time++)
      said.push(await reader.decides({ verb: 'approve', code: wrong, reason: `${time}` }))
    expect(said[0]).toMatch(/The code is wrong\. Tries left: 4/)
    expect(said[4]).toMatch(/The code is wrong\. Tries left: 0/)
    expect(await reader.decides({ verb: 'approve', code })).toMatch(/There is no valid code/)
    expect(await stands(it)).toBe('proposed')
    expect((await site.incident(it.id))?.decisions).toEqual([])
    expect(site.invoked).toEqual([])
  })

  test('is made after four wrong codes', async () => {
    const it = await site.happens()
    const reader = await reads(it)
    const code = await reader.code()
    for (let time = 0; time < 4; time++)
      await reader.decides({ verb: 'approve', code: '00000000', reason: `${time}` })
    expect(await reader.decides({ verb: 'approve', code })).toMatch(/Approved and contained/)
  })

  test('is refused with a code eleven minutes old', async () => {
    const it = await site.happens()
    const reader = await reads(it)
    const code = await reader.code()
    const said = await later(11 * 60_000, () => reader.decides({ verb: 'approve', code }))
    expect(said).toMatch(/There is no valid code/)
    expect(await stands(it)).toBe('proposed')
  })

  test('spends its code', async () => {
    const it = await site.happens('contain')
    const reader = await reads(it)
    const code = await reader.code()
    expect(await reader.decides({ verb: 'extend', for: '4h', code })).toMatch(/Extended/)
    expect(await reader.decides({ verb: 'undo', reason: 'over', code })).toMatch(/There is no valid code/)
    expect(await stands(it)).toBe('contained')
  })

  test('is refused with the code of another person', async () => {
    const it = await site.happens()
    const code = await (await reads(it, 'lee')).code()
    expect(await (await reads(it)).decides({ verb: 'approve', code })).toMatch(/There is no valid code/)
    expect(await stands(it)).toBe('proposed')
  })

  test('that is refused does not spend the code', async () => {
    const it = await site.happens()
    const reader = await reads(it)
    const code = await reader.code()
    expect(await reader.decides({ verb: 'deny', code })).toMatch(/A reason is required to deny\./)
    expect(await reader.decides({ verb: 'deny', reason: 'expected', code })).toMatch(
      /Denied\. Nothing was changed/,
    )
  })

  test('that is late names the first decision', async () => {
    const it = await site.happens()
    const reader = await reads(it)
    const code = await reader.code()
    await site.become('lee')
    await site.command({ verb: 'approve', incident: it.id, containment: it.containment, plan: it.plan })
    expect(await reader.decides({ verb: 'approve', code })).toMatch(
      /Already approved by lee \(command line\) at/,
    )
  })

  test('gets at most one code a minute', async () => {
    const it = await site.happens()
    const reader = await reads(it)
    await reader.code()
    await later(30_000, () => reader.code())
    expect(await site.mails()).toHaveLength(1)
    await later(90_000, () => reader.code())
    expect(await site.mails()).toHaveLength(2)
  })
})
