import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defang } from '../../../lib/text/defang.ts'
import { widthOf } from '../../../lib/text/wrap.ts'
import { mailOf } from '../../../responders/messages/mail/mail.ts'
import { sampleNow, sampleOf } from '../../../responders/messages/samples/samples.ts'
import { hostileText } from '../../../responders/messages/samples/with-hostile-text.ts'
import { slackDigest } from '../../../responders/messages/slack/digest.ts'
import { slackFlood } from '../../../responders/messages/slack/flood.ts'
import { slackMessage } from '../../../responders/messages/slack/message.ts'
import { slackModal } from '../../../responders/messages/slack/modal.ts'
import { slackNotice } from '../../../responders/messages/slack/notice.ts'
import { slackReplies } from '../../../responders/messages/slack/replies.ts'
import { incidentText } from '../../../responders/messages/text/incident-text.ts'
import { type IncidentView, incidentStates } from '../../../responders/messages/view/incident-view.ts'
import { viewOf } from '../../../responders/messages/view/view-of.ts'
import { dangersOf, markupOf } from './danger.ts'
import { faultsOf, reachesOf } from './html.ts'
import { refusals, textsOf } from './slack-limits.ts'

const link = 'https://portcullis.example.com/i/inc-7f3a1b2c?t=sample'

describe.each(incidentStates)('an attacker who writes every text of an incident that is %s', (state) => {
  const incident = sampleOf(state, { hostile: true })
  const view = viewOf(incident, sampleNow)

  it('mentions no one, links nowhere and stays valid in Slack', () => {
    const message = slackMessage(view, { mention: 'S0123ABCD' })
    const replies = slackReplies([], incident).map(({ text }) => text)
    const texts = [message.text, ...replies, ...textsOf(message.blocks)]
    expect(refusals(message)).toEqual([])
    expect(texts.flatMap(dangersOf)).toEqual([])
    expect(texts.flatMap(markupOf)).toEqual([])
  })

  it('keeps the buttons when the message is cut to size', () => {
    const { blocks } = slackMessage(view, {})
    const types = blocks.map(({ type }) => type)
    expect(types[0]).toBe('header')
    expect(types.includes('actions')).toBe(view.actions.length > 0 && view.severity !== 'critical')
  })

  it('stays text in a mail and in a terminal', () => {
    const mail = mailOf(view, { link, to: 'sec-oncall', first: true })
    const text = mail.text.replace(link, '')
    expect([incidentText(view), text, mail.subject].flatMap(dangersOf)).toEqual([])
    expect(text.split('\n').filter((line) => widthOf(line) > 80)).toEqual([])
    expect(faultsOf(mail.html)).toEqual([])
    expect(reachesOf(mail.html)).toEqual([link])
    expect(dangersOf(mail.html.replace(/<style>[^<]*<\/style>|<[^>]*>/g, ''))).toEqual([])
    expect(JSON.stringify(mail.headers)).not.toMatch(/\\[nr]/)
  })
})

describe('an attacker who writes one text', () => {
  it('cannot inject anything into the other messages', () => {
    const view = viewOf(sampleOf('contained', { hostile: true }), sampleNow)
    const messages = [
      slackFlood({ rule: hostileText, because: hostileText, count: 900, incidents: [hostileText] }),
      slackDigest(Array.from({ length: 200 }, () => view)),
      slackNotice({
        id: 'n',
        kind: 'unreadable',
        playbook: 'notify',
        rule: hostileText,
        says: hostileText,
        at: '2026-11-21T14:02:11.000Z',
      }),
    ]
    const modal = slackModal({
      verb: 'undo',
      incident: 'inc-7f3a1b2c',
      containment: 'c-1',
      plan: 'f'.repeat(64),
      title: hostileText,
      lines: Array.from({ length: 60 }, () => ({ sign: '~' as const, text: hostileText })),
      drift: Array.from({ length: 40 }, () => hostileText),
    })
    expect(messages.flatMap((message) => refusals(message))).toEqual([])
    expect(refusals(modal, 100)).toEqual([])
    const texts = [...messages, modal].flatMap(textsOf)
    expect(texts.flatMap(dangersOf)).toEqual([])
    expect(texts.flatMap(markupOf)).toEqual([])
  })

  it('cannot write a text that is dangerous once it is defanged', () => {
    const parts = [
      '<!channel>',
      'https://a.bc',
      'www.x.yz',
      '@here',
      '#go',
      '\u202e',
      '\u001b[2J',
      '&amp',
      '```',
      '😀',
      '\ud83d',
      '‍',
      'ﾠ',
      '. ',
      ' .co',
    ]
    const text = fc
      .array(fc.oneof(fc.constantFrom(...parts), fc.string({ unit: 'binary' })), { maxLength: 40 })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 300 }), (written, most) => {
        const quoted = defang(written, most)
        expect(dangersOf(quoted)).toEqual([])
        expect([...quoted].length).toBeLessThanOrEqual(most)
      }),
    )
  })

  it('cannot write a name that breaks a message', () => {
    const name = fc.string({ unit: 'binary', maxLength: 400 })
    fc.assert(
      fc.property(fc.constantFrom(...incidentStates), name, (state, written) => {
        const { mail, slack } = told(state, written)
        expect(refusals(slack)).toEqual([])
        expect(textsOf(slack.blocks).flatMap(markupOf)).toEqual([])
        expect(faultsOf(mail.html)).toEqual([])
        expect(
          mail.text
            .replace(link, '')
            .split('\n')
            .filter((line) => widthOf(line) > 80),
        ).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

function told(state: IncidentView['state'], written: string) {
  const incident = sampleOf(state)
  const containments = incident.containments.map((one) => ({
    ...one,
    because: written,
    target: { account: '111122223333', region: 'us-east-1', principal: written },
    plan: {
      ...one.plan,
      changes: [{ path: `/${written}`, before: written, after: null }],
      caveats: [written],
    },
  }))
  const view = viewOf({ ...incident, subject: written, containments }, sampleNow)
  return { slack: slackMessage(view, {}), mail: mailOf(view, { link, to: 'sec-oncall', first: true }) }
}
