import { setTimeout as sleep } from 'node:timers/promises'
import {
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { decidedByCommand, filledIn, pressed, stolen } from './responder.ts'
import { openSite, type Site, until } from './site.ts'

// Slack is npm `emulate` behind a server of ours with Slack's limits, failure modes and signed clicks (local/slack).
let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterEach(async () => {
  site?.responders.slack.setMode('well')
  await site?.tap.mend()
})
afterAll(() => site?.stop())

// Four similar incidents are reported separately. From the fifth on they are a flood, which does not mention the group.
describe('a containment that does not go as planned', () => {
  test('reports what failed and what was done, mentions the group, and is retried by a button', async () => {
    await site.tapped('deny-session')
    site.tap.answer('iam:PutRolePolicy', 'denied')
    const it = await stolen(site, 'fails-first')
    await pressed(site, await it.message(/^Approval needed/), 'approve', 'maria')
    await it.comes('failed')
    const failed = await it.message(/^Containment failed/)
    expect(JSON.stringify(failed.blocks)).toContain('AccessDenied')
    await until(
      () => it.thread(),
      (replies) => replies.some((reply) => reply.includes('<!subteam')),
    )
    await site.tap.mend()
    await pressed(site, failed, 'retry', 'lee')
    await it.comes('contained')
    expect((await it.message(/^Contained/)).ts).toBe(failed.ts)
  })

  test('is not released over a later change until a person forces it', async () => {
    const it = await stolen(site, 'drifts')
    await pressed(site, await it.message(/^Approval needed/), 'approve', 'maria')
    const { after } = await it.comes('contained')
    const iam = new IAMClient({})
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: it.role }))
    const PolicyName = PolicyNames[0]
    const theirs = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }],
    })
    expect(JSON.stringify(after)).not.toContain('s3:*')
    await iam.send(new PutRolePolicyCommand({ RoleName: it.role, PolicyName, PolicyDocument: theirs }))

    await pressed(site, await it.message(/^Contained/), 'undo', 'lee')
    // The form opens at once, and reports the change when the target has been read.
    await filledIn(site, 'undo', 'lee', { reason: 'It is over.' }, /others|some(body|one) else|changed/i)
    const released = await it.comes('released')
    expect(released.history.at(-1)?.by.who).toBe('lee')
    const { PolicyDocument = '' } = await iam.send(
      new GetRolePolicyCommand({ RoleName: it.role, PolicyName }),
    )
    expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(JSON.parse(theirs))
  })

  test('lasts longer when a person extends it', async () => {
    const it = await stolen(site, 'extended')
    await pressed(site, await it.message(/^Approval needed/), 'approve', 'maria')
    const { due } = await it.comes('contained')
    await sleep(2_000)
    await pressed(site, await it.message(/^Contained/), 'extend', 'maria')
    await filledIn(site, 'extend', 'maria', { reason: 'Still looking.', for: '1h' })
    const later = await until(it.containment, (one) => (one?.due ?? '') > due)
    expect(later?.history.at(-1)?.by).toMatchObject({ who: 'maria', how: 'slack' })
  })
})

describe('an incident in Slack', () => {
  test('is one message from approval to undo, and each change is a reply', async () => {
    const it = await stolen(site, 'one-message')
    const asked = await it.message(/^Approval needed/)
    expect((await pressed(site, asked, 'approve', 'maria')).status).toBe(200)
    const contained = await it.comes('contained')
    expect(contained.history.at(-1)?.by).toMatchObject({ who: 'maria', how: 'slack' })
    const said = await it.message(/^Contained/)
    expect(said.ts).toBe(asked.ts)
    expect(JSON.stringify(said.blocks)).not.toContain('"approve"')

    await pressed(site, said, 'undo', 'lee')
    await filledIn(site, 'undo', 'lee', { reason: 'It was the nightly job.' }, /policy that denies/)
    const released = await it.comes('released')
    expect(released.history.at(-1)?.by).toMatchObject({ who: 'lee', reason: 'It was the nightly job.' })
    expect((await it.message(/^Undone/)).ts).toBe(asked.ts)
    const thread = await until(
      () => it.thread(),
      (replies) => replies.some((reply) => / · Undone/.test(reply)),
    )
    const heads = thread.map((reply) => reply.replace(/^\S+ UTC · /, '').split(':')[0])
    expect(heads).toEqual(['Approval requested', 'Started', 'Contained', 'Undone'])
    const breaches = site.responders.slack.calls.flatMap((call) => call.breaches)
    expect(breaches).toEqual([])
  })

  test('that is denied changes nothing and gives the reason', async () => {
    const it = await stolen(site, 'denied')
    await pressed(site, await it.message(/^Approval needed/), 'deny', 'maria')
    await filledIn(site, 'deny', 'maria', { reason: 'A known scanner.' })
    const closed = await it.comes('closed')
    expect(closed.history.map(({ status }) => status)).toEqual(['proposed', 'closed'])
    expect(JSON.stringify((await it.message(/^Denied/)).blocks)).toContain('A known scanner.')
  })

  test('is decided once when two people press at the same moment, and the other learns who decided', async () => {
    const it = await stolen(site, 'two-at-once')
    const asked = await it.message(/^Approval needed/)
    await Promise.all(['maria', 'lee'].map((who) => pressed(site, asked, 'approve', who)))
    const { history } = await it.comes('contained')
    const winner = history.find(({ status }) => status === 'containing')?.by.who ?? ''
    const loser = winner === 'maria' ? 'lee' : 'maria'
    const { users } = site.responders.slack
    const told = await until(
      async () =>
        site.responders.slack.ephemeral(asked.channel).filter(({ user }) => user === users[loser as 'maria']),
      // An earlier test may have left this person another reply.
      (messages) => messages.some(({ text }) => text.includes('lready')),
    )
    expect(told.at(-1)?.text).toMatch(new RegExp(`lready .*${winner}`))
    expect(history.filter(({ status }) => status === 'containing')).toHaveLength(1)
  })

  test('is not decided by an unauthorized person, nor by a forged, old or repeated click', async () => {
    const it = await stolen(site, 'not-decided')
    const asked = await it.message(/^Approval needed/)
    const forged = [
      { forge: 'secret' as const },
      { forge: 'body' as const },
      { forge: 'unsigned' as const },
      { at: new Date(Date.now() - 6 * 60_000) },
    ]
    for (const how of forged)
      expect((await pressed(site, asked, 'approve', 'maria', how)).status, JSON.stringify(how)).toBe(401)
    await pressed(site, asked, 'approve', 'sam')
    const { slack } = site.responders
    await until(
      async () => slack.ephemeral(asked.channel).filter(({ user }) => user === slack.users.sam),
      (messages) => messages.some(({ text }) => /Only/.test(text)),
    )
    expect((await it.containment())?.status).toBe('proposed')
    expect((await it.message(/^Approval needed/)).ts).toBe(asked.ts)

    await pressed(site, asked, 'approve', 'maria')
    await it.comes('contained')
    await pressed(site, asked, 'approve', 'maria')
    const { history } = await it.comes('contained')
    expect(history.filter(({ status }) => status === 'containing')).toHaveLength(1)
  })

  test('is, among twenty similar ones, a reply to one message that counts them', async () => {
    const roles = Array.from({ length: 20 }, (_, n) => `alike-${n + 1}`)
    const all = await Promise.all(roles.map((role) => stolen(site, role)))
    const { slack } = site.responders
    const channel = slack.channels['sec-oncall'] ?? ''
    const parentOf = async () => (await slack.messages(channel)).find(({ text }) => !text.includes('inc-'))
    const parent = await until(parentOf, (one) => one !== undefined)
    const texts = async (ts = parent?.ts ?? '') => (await slack.replies(channel, ts)).map(({ text }) => text)
    const own = async () => (await slack.messages(channel)).map(({ text }) => text)
    await until(
      async () => [...(await texts()), ...(await own())].join('\n'),
      (told) => all.every(({ incident }) => told.includes(incident)),
    )
    const apart = (await own()).filter((text) => all.some(({ incident }) => text.includes(incident)))
    expect(apart.length).toBeLessThan(5)
    const count = Number(/\d+/.exec((await parentOf())?.text ?? '')?.[0])
    expect(count).toBeGreaterThanOrEqual(20)
  })
})

describe('while Slack fails', () => {
  test.each(['down', 'revoked'] as const)(
    '(%s) mail still comes and the command line decides; when it is back its message is up to date',
    async (mode) => {
      const { slack, mails } = site.responders
      slack.setMode(mode)
      const calls = slack.calls.length
      const it = await stolen(site, `slack-${mode}`)
      const mail = await until(
        async () => (await mails()).filter(({ subject }) => subject.includes(it.incident)),
        (found) => found.length > 0,
        30,
      )
      expect(mail.map(({ to }) => to[0]).sort()).toContain('maria@example.com')
      const trouble = await until(
        () => site.notices(),
        (all) => all.some(({ kind, rule }) => kind === 'trouble' && rule === 'Slack'),
        30,
      )
      expect(trouble.filter(({ rule }) => rule === 'Slack')).toHaveLength(1)
      // The call was tried and refused.
      await until(
        async () => slack.calls.slice(calls).map(({ error, status }) => error ?? status),
        (answers) => answers.includes(mode === 'down' ? 0 : 'token_revoked'),
      )
      const { plan } = (await it.containment()) ?? {}
      const { code, err } = await decidedByCommand(it.incident, plan?.hash ?? '')
      expect(code, err).toBe(0)
      const contained = await it.comes('contained')
      expect(contained.history.at(-1)?.by).toMatchObject({ who: 'maria', how: 'iam' })
      slack.setMode('well')
      await it.message(/^Contained/)
    },
  )
})

describe('a mail', () => {
  test('shows the incident however often its link is opened, and decides only with the code sent to its recipient', async () => {
    const it = await stolen(site, 'by-mail')
    const { mails } = site.responders
    const toMaria = async (says: RegExp) =>
      (await mails()).find(
        ({ to, subject }) =>
          to[0] === 'maria@example.com' && subject.includes(it.incident) && says.test(subject),
      )
    const mail = await until(
      () => toMaria(/Approve/),
      (one) => one !== undefined,
    )
    const link = /https?:\S+/.exec(mail?.text ?? '')?.[0] ?? ''
    expect(mail?.html.replaceAll('&amp;', '&')).toContain(link)
    const before = await it.containment()
    for (let n = 0; n < 50; n++)
      for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200)
    expect(await it.containment()).toEqual(before)

    const page = await (await fetch(link)).text()
    expect(page).toContain(it.role)
    const post = (fields: Record<string, string>, from = 'same-origin') =>
      fetch(link, {
        method: 'POST',
        // Browsers send the origin of a form.
        headers: { 'sec-fetch-site': from },
        body: new URLSearchParams({ ...hidden(page), ...fields }),
        redirect: 'manual',
      })
    expect((await post({ verb: 'code' }, 'cross-site')).status).toBe(403)
    expect((await post({ verb: 'approve', code: '00000000' })).status).toBe(303)
    expect((await post({ verb: 'code' })).status).toBe(303)
    const code = await until(
      () => toMaria(/is your Portcullis code/),
      (one) => one !== undefined,
    )
    const decided = await post({ verb: 'approve', code: code?.subject.slice(0, 8) ?? '' })
    const contained = await it.comes('contained')
    expect(contained.history.at(-1)?.by).toMatchObject({
      who: 'maria',
      how: 'mail',
      from: 'maria@example.com',
    })
    const after = await fetch(new URL(decided.headers.get('location') ?? '', link))
    expect(await after.text()).toContain('Approved')
    await it.message(/^Contained/)
  })
})

/** The hidden fields of a page's form. */
const hidden = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )
