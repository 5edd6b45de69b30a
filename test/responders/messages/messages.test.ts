import { describe, expect, it } from 'vitest'
import type { Containment, Notice } from '../../../engine/journal/record.ts'
import { mailOf } from '../../../responders/messages/mail/mail.ts'
import { sampleNow, sampleOf } from '../../../responders/messages/samples/samples.ts'
import { slackDigest } from '../../../responders/messages/slack/digest.ts'
import { slackFlood } from '../../../responders/messages/slack/flood.ts'
import { slackMessage } from '../../../responders/messages/slack/message.ts'
import { slackModal } from '../../../responders/messages/slack/modal.ts'
import { slackNotice } from '../../../responders/messages/slack/notice.ts'
import { slackReplies } from '../../../responders/messages/slack/replies.ts'
import { noticeText } from '../../../responders/messages/text/plain-message.ts'
import { incidentStates } from '../../../responders/messages/view/incident-view.ts'
import { viewOf } from '../../../responders/messages/view/view-of.ts'
import { refusals, textsOf } from './slack-limits.ts'

const plan = '3f9c1d2'.padEnd(64, '7')
const question = {
  incident: 'inc-7f3a1b2c',
  containment: 'c-9d1c0be2a3f4b5c0',
  plan,
  title: 'Undo it',
  drift: [],
}

describe('a message', () => {
  it('has incident, containment and plan in each button, and asks for confirmation before approving', () => {
    const { blocks } = slackMessage(viewOf(sampleOf('approval-needed'), sampleNow), { mention: 'S0123ABCD' })
    const actions = blocks.find(({ type }) => type === 'actions')
    expect(actions).toMatchObject({
      block_id: 'decide',
      elements: [
        {
          action_id: 'approve',
          value: `inc-7f3a1b2c.c-9d1c0be2a3f4b5c0.${plan}`,
          confirm: { confirm: { text: 'Approve' } },
        },
        { action_id: 'deny', value: `inc-7f3a1b2c.c-9d1c0be2a3f4b5c0.${plan}` },
      ],
    })
    expect(textsOf(blocks).filter((text) => text.startsWith('<!subteam^S0123ABCD>'))).toHaveLength(1)
  })

  it('mentions a group only when a person must act', () => {
    const mentioning = incidentStates.filter((state) =>
      JSON.stringify(slackMessage(viewOf(sampleOf(state), sampleNow), { mention: 'S1' })).includes('subteam'),
    )
    expect(mentioning).toEqual(['approval-needed', 'partial', 'failed', 'drifted'])
  })

  it('has one reply for each step and each approval, by time', () => {
    const incident = sampleOf('undone')
    const all = slackReplies([], incident)
    expect(all.map(({ text }) => text.split(' · ')[1])).toEqual([
      'Approval requested: stop role/rag-indexer from running models, automatically',
      'Started: stop role/rag-indexer from running models, by maria (Slack)',
      'Contained: role/rag-indexer can no longer run models, by maria (Slack)',
      'Undone: role/rag-indexer can run models again, by lee (command line): "nightly re-index, expected"',
    ])
    const told = all.slice(0, 3).map(({ key }) => key)
    expect(slackReplies(told, incident)).toEqual(all.slice(3))
    expect(
      slackReplies(
        all.map(({ key }) => key),
        incident,
      ),
    ).toEqual([])
  })

  it.each([
    [
      'denied',
      'Denied: nothing was changed for shop-chat prod, by maria (Slack): "load test of the shop team"',
    ],
    ['expired', 'Expired: nothing was changed for AKIAIOSFODNN7EXAMPLE, automatically on expiry'],
    ['ended', 'Ended on schedule: shop-chat prod runs at its earlier limits, automatically on expiry'],
    ['failed', 'Containment failed: the sessions of rag-indexer may still work, automatically'],
  ] as const)('ends the thread of an incident that is %s with its own sentence', (state, words) => {
    expect(slackReplies([], sampleOf(state)).at(-1)?.text.split(' · ')[1]).toBe(words)
  })

  it('replies that an undo failed where a containment was in place', () => {
    const incident = sampleOf('contained')
    const [first] = incident.containments as [Containment]
    const failed = {
      at: '2026-11-21T14:07:50.000Z',
      status: 'failed' as const,
      by: { who: 'lee', how: 'iam' },
    }
    const replies = slackReplies([], {
      ...incident,
      containments: [{ ...first, history: [...first.history, failed] }],
    })
    expect(replies.at(-1)?.text).toContain('Undo failed: role/rag-indexer is not fully restored')
  })

  it('replies to each approval where two are required', () => {
    const incident = sampleOf('approval-needed')
    const [first] = incident.containments as [Containment]
    const ask = {
      decideBy: '2026-11-21T14:17:17.000Z',
      approvals: 2,
      preventSelf: true,
      onExpire: 'nothing' as const,
    }
    const approved = { ...first, ask, approvals: [{ who: 'lee', how: 'iam' }] }
    expect(
      slackReplies([], { ...incident, containments: [approved] })
        .map(({ text }) => text)
        .at(-1),
    ).toBe('1 of 2 approved, by lee (command line)')
  })

  it('collects a flood and a digest in one message each', () => {
    const parent = slackFlood({
      rule: 'api-flood',
      because: 'Too much.',
      count: 20,
      incidents: ['inc-1', 'inc-2'],
    })
    expect(refusals(parent)).toEqual([])
    expect(parent.text).toContain('20 similar incidents: api-flood')
    const digest = slackDigest(incidentStates.map((state) => viewOf(sampleOf(state), sampleNow)))
    expect(refusals(digest)).toEqual([])
    expect(digest.text).toContain('11 incidents: 4 need you')
    expect(refusals(slackDigest([]))).toEqual([])
  })

  it.each(['deny', 'undo', 'extend'] as const)('asks for a reason before %s', (verb) => {
    const modal = slackModal({ ...question, verb, lines: [{ sign: '~', text: 'rate   5 → 500' }] })
    expect(refusals(modal, 100)).toEqual([])
    expect(modal.callback_id).toBe('decide')
    expect(JSON.parse(modal.private_metadata ?? '')).toEqual({
      verb,
      incident: 'inc-7f3a1b2c',
      containment: 'c-9d1c0be2a3f4b5c0',
      plan,
    })
    const inputs = modal.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id)
    expect(inputs).toEqual(verb === 'extend' ? ['for', 'reason'] : ['reason'])
    expect([modal.title.text.length, modal.submit?.text.length].every((length) => (length ?? 0) <= 24)).toBe(
      true,
    )
  })

  it('shows in the form that it is loading, and what others changed', () => {
    const loading = slackModal({ ...question, verb: 'undo', lines: [], loading: true })
    expect(textsOf(loading.blocks)).toContain('Checking what an undo would change now…')
    const drifted = slackModal({ ...question, verb: 'undo', lines: [], drift: ['groups is now sg-1'] })
    expect(textsOf(drifted.blocks)).toContain('groups is now sg-1')
  })

  it.each(['unreadable', 'guarded', 'trouble', 'paused', 'resumed'] as const)(
    'shows a notice: %s',
    (kind) => {
      const notice: Notice = {
        id: 'n',
        kind,
        playbook: 'notify',
        rule: 'api-flood',
        says: 'So it is.',
        at: '2026-11-21T14:02:11.000Z',
      }
      expect(refusals(slackNotice(notice))).toEqual([])
      expect(slackNotice(notice).text).toContain('So it is.')
      expect(noticeText(notice).subject).not.toContain('undefined')
    },
  )

  it('limits an incident of a hundred containments in Slack and mail, and says where the rest is', () => {
    const incident = sampleOf('partial')
    const containments = Array.from({ length: 100 }, () => ({ ...(incident.containments[0] as Containment) }))
    const view = viewOf({ ...incident, containments }, sampleNow)
    const slack = slackMessage(view, {})
    expect(refusals(slack)).toEqual([])
    expect(slack.blocks.map(({ type }) => type)).toContain('actions')
    expect(JSON.stringify(slack.blocks)).toContain('more in `portcullis incidents show inc-7f3a1b2c`')
    const mail = mailOf(view, { to: 'sec-oncall', first: true })
    expect(mail.html.length).toBeLessThan(100_000)
    expect(mail.text).toContain('And 90 more: portcullis incidents show inc-7f3a1b2c')
  })

  it('threads the mails of one incident and prevents automatic replies', () => {
    const view = viewOf(sampleOf('approval-needed'), sampleNow)
    const mail = mailOf(view, { to: 'sec-oncall', first: false })
    expect(mail.headers).toEqual([
      { name: 'Auto-Submitted', value: 'auto-generated' },
      { name: 'References', value: '<inc-7f3a1b2c@portcullis>' },
      { name: 'In-Reply-To', value: '<inc-7f3a1b2c@portcullis>' },
    ])
    expect(mail.subject).toMatch(
      /^\[High\] Approve by 14:17 UTC: cut i-0f3a9c81d2e4b5a67 off .*\(inc-7f3a1b2c\)$/,
    )
    expect(mail.html).not.toContain('href')
  })
})
