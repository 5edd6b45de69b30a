import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Verb } from '../../../engine/journal/record.ts'
import { signedForm } from '../../../local/slack/sign.ts'
import { type OpenView, startSlack } from '../../../local/slack/start.ts'
import { modalStateOf } from '../../../local/slack/state-of.ts'
import { ask, routingFixture, signingSecret, startSite } from './site.ts'

const [site, slack] = await Promise.all([startSite(), startSlack({ users: ['maria', 'lee', 'sam', 'zoe'] })])
const channel = slack.channels['sec-oncall']
afterAll(() => Promise.all([site.stop(), slack.stop()]))
afterEach(() => vi.unstubAllEnvs())

type Name = keyof typeof slack.users
type Happened = Awaited<ReturnType<typeof site.happens>>

/** A person presses a button, and the queue is processed. */
async function press(verb: Verb, { id, containment, plan }: Happened, by: Name = 'maria') {
  const user = slack.users[by]
  const trigger_id = await slack.trigger(user)
  await send({
    type: 'block_actions',
    user: { id: user },
    team: slack.team,
    channel: { id: channel },
    trigger_id,
    message: { ts: '1.2', text: `${Math.random()}`, blocks: [] },
    actions: [{ action_id: verb, value: [id, containment, plan].join('.') }],
  })
}

/** A person submits the form that was opened last. */
async function submit(values: Record<string, string>, by: Name = 'maria') {
  const view = slack.views().at(-1) as OpenView
  const state = { values: modalStateOf(view.blocks, values) }
  await send({
    type: 'view_submission',
    user: { id: slack.users[by] },
    team: slack.team,
    view: { ...view, state },
  })
}

async function send(payload: object) {
  const reply = await ask('POST', '/slack', signedForm(payload, signingSecret))
  expect(reply).toMatchObject({ statusCode: 200, body: '' })
  expect(await site.deliver()).toEqual({ batchItemFailures: [] })
}

const stands = async ({ id }: Happened) => (await site.incident(id))?.containments[0]?.status
const privateReplies = () => slack.ephemeral(channel).map(({ text }) => text)

describe('a button in Slack', () => {
  let before = 0
  beforeEach(async () => {
    await site.reset(routingFixture({ api: slack.api, channel, users: slack.users }))
    before = slack.ephemeral(channel).length
  })
  const news = () => privateReplies().slice(before)

  test('approves without a private reply: the message shows the outcome', async () => {
    const it = await site.happens()
    await press('approve', it)
    expect(await stands(it)).toBe('contained')
    expect((await site.incident(it.id))?.decisions).toMatchObject([
      { outcome: 'done', by: { who: 'maria', how: 'slack', from: `${slack.team.id}/${channel}` } },
    ])
    expect(news()).toEqual([])
    expect(await slack.messages(channel)).toEqual([])
  })

  test.each(['sam', 'zoe'] as const)(
    'pressed by %s, who may not decide, is refused privately',
    async (by) => {
      const it = await site.happens()
      for (const verb of ['approve', 'deny'] as const) await press(verb, it, by)
      expect(await stands(it)).toBe('proposed')
      expect(slack.ephemeral(channel).slice(before)).toMatchObject(
        [1, 2].map(() => ({
          user: slack.users[by],
          text: 'Only @sec-oncall (maria, lee) can decide.',
        })),
      )
      expect(await slack.messages(channel)).toEqual([])
      expect(slack.views()).toEqual([])
    },
  )

  test('pressed late gets a reply that names the first decision', async () => {
    const it = await site.happens()
    await press('approve', it)
    await press('approve', it, 'lee')
    await press('deny', it, 'lee')
    expect(news()).toHaveLength(2)
    for (const text of news())
      expect(text).toMatch(/^Already approved by maria \(Slack\) at \d\d:\d\d UTC\.$/)
  })

  test('opens a form to deny, and the submission decides', async () => {
    const it = await site.happens()
    await press('deny', it)
    expect(await stands(it)).toBe('proposed')
    expect((await site.incident(it.id))?.decisions).toEqual([])
    expect(slack.views().at(-1)?.title.text).toBe('Deny containment')
    await submit({ reason: 'nightly re-index, expected' })
    expect(await stands(it)).toBe('closed')
    expect((await site.incident(it.id))?.decisions).toMatchObject([
      { verb: 'deny', outcome: 'done', by: { who: 'maria', reason: 'nightly re-index, expected' } },
    ])
  })

  test('shows what an undo changes now, and undoes it', async () => {
    const it = await site.happens('contain')
    await press('undo', it)
    const shown = JSON.stringify(slack.views().at(-1)?.blocks)
    expect(shown).toMatch(/Undo will change:/)
    expect(shown).not.toMatch(/Checking what/)
    await submit({ reason: 'load test' })
    expect(await stands(it)).toBe('released')
    expect(await it.play.stage.look()).toEqual(it.play.before)
  })

  test('shows what others changed, and the undo keeps it', async () => {
    const it = await site.happens('contain')
    await it.play.stage.meddle?.()
    await press('undo', it)
    expect(JSON.stringify(slack.views().at(-1)?.blocks)).toMatch(/Changed by others after containment/)
    const theirs = await it.play.stage.look()
    await submit({ reason: 'load test' })
    expect(await stands(it)).toBe('released')
    expect(await it.play.stage.look()).toEqual(theirs)
  })

  test('extends the containment by the chosen duration', async () => {
    const it = await site.happens('contain')
    const due = async () => Date.parse((await site.incident(it.id))?.containments[0]?.due ?? '')
    const was = await due()
    await press('extend', it)
    await submit({ for: '4h', reason: 'still looking' })
    expect((await due()) - was).toBe(4 * 3_600_000)
  })

  test('refuses a form submitted by a person outside the approver group privately', async () => {
    const it = await site.happens()
    await press('deny', it)
    await submit({ reason: 'let me' }, 'sam')
    expect(await stands(it)).toBe('proposed')
    expect(news()).toEqual(['Only @sec-oncall (maria, lee) can decide.'])
  })

  test('decides nothing for a critical incident', async () => {
    const it = await site.happens('approve', { severity: 'critical' })
    await press('approve', it)
    expect(await stands(it)).toBe('proposed')
    expect(news()).toEqual([expect.stringMatching(/Decide in the CLI: portcullis approve inc-/)])
  })

  test('decides even when Slack cannot be reached', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const it = await site.happens()
    slack.setMode('down')
    await press('approve', it)
    slack.setMode('well')
    expect(await stands(it)).toBe('contained')
    vi.restoreAllMocks()
  })
})
