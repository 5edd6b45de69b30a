import { describe, expect, it } from 'vitest'
import { widthOf } from '../../../lib/text/wrap.ts'
import { mailOf } from '../../../responders/messages/mail/mail.ts'
import { previewMessage } from '../../../responders/messages/samples/preview.ts'
import { sampleNow, sampleOf } from '../../../responders/messages/samples/samples.ts'
import { slackMessage } from '../../../responders/messages/slack/message.ts'
import { incidentText } from '../../../responders/messages/text/incident-text.ts'
import { incidentStates } from '../../../responders/messages/view/incident-view.ts'
import { stateOf } from '../../../responders/messages/view/state-of.ts'
import { viewOf } from '../../../responders/messages/view/view-of.ts'
import { faultsOf, reachesOf } from './html.ts'
import { refusals } from './slack-limits.ts'

const link = 'https://portcullis.example.com/i/inc-7f3a1b2c?t=sample'

describe.each(incidentStates)('an incident that is %s', (state) => {
  const incident = sampleOf(state)
  const view = viewOf(incident, sampleNow)
  const mail = mailOf(view, { link, to: 'sec-oncall', first: false })

  it('has the state of its containment', () => {
    expect(view.state).toBe(state)
    expect(incident.containments.map(stateOf)).toContain(state)
  })

  it('is a valid Slack message, with and without a mention', () => {
    expect(refusals(slackMessage(view, {}))).toEqual([])
    expect(refusals(slackMessage(view, { mention: 'S0123ABCD' }))).toEqual([])
  })

  it('says state, target, account and next step in its text alone', () => {
    const { text } = slackMessage(view, {})
    const who = Object.values(incident.containments[0]?.target ?? {}).at(-1)
    const words = {
      expired: /Expired/,
      partial: /Partly/,
      failed: /failed/,
      'approval-needed': /Approval needed/,
    }
    expect(text).toMatch((words as Record<string, RegExp>)[state] ?? new RegExp(state, 'i'))
    for (const part of [who, incident.account, incident.id, view.next]) expect(text).toContain(part)
  })

  it('has no line over 80 columns in text and mail, except the link', () => {
    const lines = `${incidentText(view)}\n${mail.text}`.split('\n').filter((line) => !line.includes(link))
    expect(lines.filter((line) => widthOf(line) > 80)).toEqual([])
    expect([...mail.subject].length).toBeLessThanOrEqual(120)
  })

  it('is a valid HTML mail that loads nothing, links only to the review page, and says what its text says', () => {
    expect(faultsOf(mail.html)).toEqual([])
    expect(reachesOf(mail.html)).toEqual([link])
    for (const part of [view.header, view.next, ...view.parts.map(({ title }) => title)])
      expect(mail.html.replace(/<\/?span[^>]*>/g, '').replaceAll('&#39;', "'")).toContain(part)
  })

  it('offers at most three actions, and none when nothing can be done', () => {
    const acts = ['approval-needed', 'contained', 'partial', 'failed', 'drifted'].includes(state)
    expect(view.actions.length > 0).toBe(acts)
    expect(view.actions.length).toBeLessThanOrEqual(3)
    expect(view.mention).toBe(acts && state !== 'contained')
  })

  it('matches the reviewed snapshot', async () => {
    await expect(previewMessage(state, 'slack')).toMatchFileSnapshot(`snapshots/${state}.slack.txt`)
    const text = previewMessage(state, 'mail').split('\n--- text/html')[0]
    await expect(text).toMatchFileSnapshot(`snapshots/${state}.mail.txt`)
  })
})
